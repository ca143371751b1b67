package org.midonet.cluster.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.zookeeper.ZKUtil;
import org.apache.zookeeper.ZooKeeper;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.midonet.cluster.importer.Fill;
import org.midonet.cluster.importer.ImportTask;
import org.midonet.cluster.importer.TaskTranslation;
import org.midonet.nsdb.Change;
import org.midonet.nsdb.EmbeddedZooKeeper;
import org.midonet.nsdb.Nsdb;
import org.midonet.nsdb.Operation;
import org.midonet.nsdb.Sequence;
import org.midonet.nsdb.StateTable;
import org.midonet.nsdb.Topology;
import org.midonet.nsdb.ZooKeeperConfig;
import org.midonet.nsdb.ZooKeeperNsdb;
import org.midonet.packets.IpPrefix;
import org.midonet.packets.Ipv4Address;
import org.midonet.packets.Mac;
import org.midonet.topology.Bridge;
import org.midonet.topology.BridgeBuilder;
import org.midonet.topology.Chain;
import org.midonet.topology.ChainBuilder;
import org.midonet.topology.Condition;
import org.midonet.topology.Host;
import org.midonet.topology.HostBuilder;
import org.midonet.topology.Ids;
import org.midonet.topology.IpAddrGroupMemberBuilder;
import org.midonet.topology.LbStatus;
import org.midonet.topology.NextHop;
import org.midonet.topology.ObjectType;
import org.midonet.topology.PoolBuilder;
import org.midonet.topology.PoolMember;
import org.midonet.topology.PoolMemberBuilder;
import org.midonet.topology.Port;
import org.midonet.topology.PortBuilder;
import org.midonet.topology.RouteBuilder;
import org.midonet.topology.Router;
import org.midonet.topology.Rule;
import org.midonet.topology.RuleAction;
import org.midonet.topology.RuleBuilder;
import tools.jackson.databind.json.JsonMapper;

/** Whatever happened to the store: the check names it, the repair mends it, and nothing else. */
final class RepairTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int LAST = 7;

  @TempDir private Path folder;
  private @Nullable EmbeddedZooKeeper server;
  private @Nullable Nsdb nsdb;

  @BeforeEach
  void fill() throws IOException {
    server = EmbeddedZooKeeper.start(folder, 0);
    nsdb = open();
    announceHost();
    assertThat(Fill.run(nsdb(), Everything.tasks(), LAST, TaskTranslation.standard())).isEmpty();
    assertThat(compare().lines()).isEmpty();
  }

  @AfterEach
  void close() throws IOException {
    nsdb().close();
    server().close();
  }

  private EmbeddedZooKeeper server() {
    return Objects.requireNonNull(server);
  }

  private Nsdb nsdb() {
    return Objects.requireNonNull(nsdb);
  }

  private Nsdb open() {
    return ZooKeeperNsdb.open(ZooKeeperConfig.of(server()));
  }

  private Comparison compare() {
    return compare(Everything.tasks());
  }

  private Comparison compare(List<ImportTask> everything) {
    Topology topology = nsdb().topology();
    Expected expected = Expected.of(topology, everything, Progress.NONE);
    assertThat(expected.refused()).isEmpty();
    return Comparison.of(
        expected, topology, nsdb().corrupt(), mac -> mac.value() >> 24 == 0xfa163e, LAST);
  }

  /** Changes znodes behind the store's back, as if it had not been running. */
  private void tamper(Raw raw) throws Exception {
    nsdb().close();
    ZooKeeper zooKeeper = new ZooKeeper(server().hosts(), 30_000, event -> {});
    try {
      raw.change(zooKeeper);
    } finally {
      zooKeeper.close();
    }
    nsdb = open();
    announceHost();
  }

  /** As its agent does whenever it starts. */
  private void announceHost() {
    if (!nsdb().topology().has(ObjectType.HOST, Everything.HOST)) {
      Host host = HostBuilder.builder().id(Everything.HOST).name("h").build();
      nsdb().commit(List.of(new Operation.Create(host)));
    }
  }

  private interface Raw {
    void change(ZooKeeper zooKeeper) throws Exception;
  }

  private List<String> mend() {
    Comparison found = compare();
    Topology before = nsdb().topology();
    Repair.run(nsdb(), found, LAST, Progress.NONE);
    assertThat(compare().lines()).isEmpty();
    nsdb().close();
    nsdb = open();
    assertThat(compare().lines()).as("after reading it again").isEmpty();
    assertThat(before.count(ObjectType.HOST)).isEqualTo(nsdb().topology().count(ObjectType.HOST));
    return found.lines();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 5, 13, 21})
  void objectsThatAreDeletedAreNamedAndMadeAnew(int which) throws Exception {
    List<StoredObjects.Line> gone = new ArrayList<>();
    tamper(zooKeeper -> {
      StoredObjects stored = new StoredObjects(zooKeeper);
      gone.addAll(stored.oneOfEach(which).values());
      for (StoredObjects.Line each : gone) {
        stored.delete(each);
      }
    });
    assertThat(gone).hasSizeGreaterThan(15);
    List<String> lines = mend();
    gone.forEach(each -> assertNamed(lines, each));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 8, 34})
  void znodesThatCannotBeReadAreNamedAndMadeAnew(int which) throws Exception {
    List<StoredObjects.Line> broken = new ArrayList<>();
    Set<String> paths = new HashSet<>();
    tamper(zooKeeper -> {
      broken.addAll(new StoredObjects(zooKeeper).oneOfEach(which).values());
      for (StoredObjects.Line each : broken) {
        zooKeeper.setData(each.path(), "{\"id\":".getBytes(StandardCharsets.UTF_8), -1);
        paths.add(each.path());
      }
    });
    assertThat(nsdb().corrupt()).isEqualTo(paths);
    List<String> lines = mend();
    paths.forEach(path -> assertThat(lines).contains("The znode " + path + " cannot be read"));
    broken.forEach(each -> assertNamed(lines, each));
    assertThat(nsdb().corrupt()).isEmpty();
  }

  private static void assertNamed(List<String> lines, StoredObjects.Line what) {
    if (what.type().equals("Rule") || what.type().equals("Route")) { // its id may be chance's
      assertThat(lines)
          .anyMatch(line -> line.contains(what.type() + " ") && line.contains("is missing"));
    } else {
      assertThat(lines).contains(what.type() + " " + what.id() + " is missing");
    }
  }

  @Test
  void everyFieldThatChangesIsNamedAndPutRight() throws Exception {
    for (int field = 0; field < 16; field++) {
      int index = field;
      Map<String, String> changed = new LinkedHashMap<>();
      tamper(zooKeeper -> {
        StoredObjects stored = new StoredObjects(zooKeeper);
        for (StoredObjects.Line each : stored.oneOfEach(index).values()) {
          String name = changeOneField(stored, each, index);
          if (name != null) {
            changed.put(each.type() + " " + each.id(), name);
          }
        }
      });
      List<String> lines = mend();
      changed.forEach((object, name) ->
          assertThat(lines)
              .as("%s of %s", name, object)
              .anyMatch(line -> line.contains(object.split(" ", 2)[0] + " ")));
    }
  }

  /** Gives a field another value of the same type; null if it has not so many. */
  private static @Nullable String changeOneField(
      StoredObjects stored, StoredObjects.Line object, int index) throws Exception {
    String type = object.type();
    Map<String, @Nullable Object> fields = new TreeMap<>();
    Map<?, ?> read = JSON.readValue(object.json(), Map.class);
    read.forEach((name, value) -> fields.put(String.valueOf(name), value));
    List<String> names = new ArrayList<>(fields.keySet());
    names.removeAll(Set.of("id", "status", "status_description", "shared", "asNumber"));
    if (type.equals("SecurityGroup") || type.equals("IPAddrGroup")) {
      names.removeAll(Set.of("name", "description")); // which MidoNet is not told of
    }
    if (index >= names.size()) {
      return null;
    }
    String name = names.get(index);
    Object value = fields.get(name);
    fields.put(name, other(value));
    if (Objects.equals(value, fields.get(name))) {
      return null;
    }
    stored.replace(object, JSON.writeValueAsString(fields));
    return name;
  }

  private static @Nullable Object other(@Nullable Object value) {
    return switch (value) {
      case Boolean flag -> !flag;
      case Integer number -> number + 1;
      case List<?> list when !list.isEmpty() -> List.of();
      case String text when text.contains("-0000-") -> null;
      case String text when text.contains(".") -> "10.9.9.9" + text.replaceFirst("^[^/]*", "");
      case String text -> null;
      case null, default -> value;
    };
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/midonet/zoom/0/objects",
        "/midonet/zoom/0/tables",
        "/midonet/zoom/0/revision",
        "/midonet/zoom/0/log",
        "/midonet/sequences"
      })
  void subtreesThatAreDroppedAreMadeAnew(String path) throws Exception {
    tamper(zooKeeper -> ZKUtil.deleteRecursive(zooKeeper, path));
    List<String> lines = mend();
    assertThat(lines.isEmpty()).isEqualTo(path.endsWith("/log") || path.endsWith("/revision"));
  }

  @Test
  void ofAnEmptyStoreEverythingIsMadeAnew() throws Exception {
    Topology before = nsdb().topology();
    tamper(zooKeeper -> ZKUtil.deleteRecursive(zooKeeper, "/midonet"));
    mend();
    for (ObjectType<?> type : ObjectType.all()) {
      assertThat(nsdb().topology().count(type)).as("%s", type).isEqualTo(before.count(type));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"revision", "sequence"})
  void countersThatCannotBeReadAreMended(String which) throws Exception {
    String path =
        which.equals("revision")
            ? "/midonet/zoom/0/revision"
            : "/midonet/sequences/overlay_tunnel_key";
    tamper(zooKeeper -> zooKeeper.setData(path, new byte[] {'x'}, -1));
    mend();
    nsdb().commit(List.of(new Operation.Create(bridge(Everything.id(99)))));
  }

  @Test
  void whatWasAddedToNeutronsIsNamedAndGoes() {
    UUID rule = Everything.id(90);
    UUID route = Ids.LOCAL_ROUTE.of(gatewayPort(), Ipv4Address.parse("200.0.0.9"));
    UUID chain = Ids.IN_CHAIN.of(Everything.id(92));
    UUID member =
        Ids.ipAddrGroupMember(Everything.GROUP, Everything.MACHINE, Ipv4Address.parse("6.6.6.6"));
    Mac mac = Mac.parse("fa:16:3e:99:99:99");
    nsdb()
        .commit(
            List.of(
                new Operation.Create(
                    RuleBuilder.builder()
                        .id(rule)
                        .chainId(Ids.IN_CHAIN.of(Everything.MACHINE))
                        .condition(Condition.ALL)
                        .action(RuleAction.ACCEPT)
                        .build()),
                new Operation.Create(
                    RouteBuilder.builder()
                        .id(route)
                        .nextHopPortId(gatewayPort())
                        .nextHop(NextHop.LOCAL)
                        .src(IpPrefix.IPV4_ALL)
                        .dst(IpPrefix.parse("200.0.0.9/32"))
                        .weight(100)
                        .build()),
                new Operation.Create(
                    ChainBuilder.builder()
                        .id(chain)
                        .name("OS_PORT_" + Everything.id(92) + "_INBOUND")
                        .build()),
                new Operation.Create(
                    IpAddrGroupMemberBuilder.builder()
                        .id(member)
                        .groupId(Everything.GROUP)
                        .address(Ipv4Address.parse("6.6.6.6"))
                        .portId(Everything.MACHINE)
                        .build()),
                new Operation.AddEntry<>(
                    StateTable.arps(Everything.NET), Ipv4Address.parse("10.0.0.66"), mac)));

    assertThat(mend())
        .contains(
            "Rule " + rule + " is not Neutron's any more",
            "Route " + route + " is not Neutron's any more",
            "Chain " + chain + " is not Neutron's any more",
            "IPAddrGroupMember " + member + " is not Neutron's any more")
        .anyMatch(line -> line.contains("10.0.0.66 -> " + mac + " is too much"));
  }

  @Test
  void whatNeutronDeletedWhileNobodyListenedGoes() {
    List<ImportTask> rest =
        Everything.tasks().stream()
            .filter(task ->
                !Set.of("POOL", "MEMBER", "VIP", "HEALTHMONITOR", "FIREWALL")
                    .contains(task.dataType()))
            .toList();
    UUID balancer = Ids.LOAD_BALANCER.of(Everything.ROUTER);
    Repair.run(nsdb(), compare(rest), LAST, Progress.NONE);
    assertThat(compare(rest).lines()).isEmpty();
    for (ObjectType<?> type :
        List.of(
            ObjectType.LOAD_BALANCER,
            ObjectType.POOL,
            ObjectType.POOL_MEMBER,
            ObjectType.VIP,
            ObjectType.HEALTH_MONITOR,
            ObjectType.NEUTRON_FIREWALL,
            ObjectType.NEUTRON_POOL,
            ObjectType.NEUTRON_VIP)) {
      assertThat(nsdb().topology().count(type)).as("%s", type).isZero();
    }
    assertThat(nsdb().topology().has(ObjectType.CHAIN, Ids.FWD_CHAIN.of(Everything.FIREWALL)))
        .isFalse();
    assertThat(nsdb().topology().get(ObjectType.ROUTER, Everything.ROUTER).loadBalancerId())
        .as("%s", balancer)
        .isNull();
  }

  @Test
  void aVipLetsGoOfAGatewayThatIsGone() {
    List<ImportTask> rest =
        Everything.tasks().stream()
            .filter(task -> !"FLOATINGIP".equals(task.dataType()))
            .filter(task -> !Everything.GATEWAY.toString().equals(task.resourceId()))
            .map(task ->
                "ROUTER".equals(task.dataType())
                    ? new ImportTask(
                        task.id(),
                        task.type(),
                        task.dataType(),
                        "{\"id\":\"%s\",\"name\":\"r\",\"admin_state_up\":true}"
                            .formatted(Everything.ROUTER),
                        task.resourceId(),
                        "")
                    : task)
            .toList();
    Repair.run(nsdb(), compare(rest), LAST, Progress.NONE);
    assertThat(compare(rest).lines()).isEmpty();
    assertThat(nsdb().topology().get(ObjectType.VIP, Everything.VIP).gatewayPortId()).isNull();
    assertThat(nsdb().topology().entries(StateTable.arps(Everything.EXT))).isEmpty();
  }

  @Test
  void whatIsInNeutronsPoolsAndNotItsOwnGoes() {
    nsdb()
        .commit(
            List.of(
                new Operation.Create(
                    PoolBuilder.builder()
                        .id(Everything.id(95))
                        .loadBalancerId(Ids.LOAD_BALANCER.of(Everything.ROUTER))
                        .adminStateUp(true)
                        .build()),
                new Operation.Create(
                    PoolMemberBuilder.builder()
                        .id(Everything.id(96))
                        .poolId(Everything.POOL)
                        .address(Ipv4Address.parse("10.0.0.11"))
                        .protocolPort(80)
                        .weight(1)
                        .build())));
    assertThat(mend())
        .containsExactlyInAnyOrder(
            "Pool " + Everything.id(95) + " is not Neutron's any more",
            "PoolMember " + Everything.id(96) + " is not Neutron's any more");
  }

  @Test
  void howAMemberIsAgentsSayAsLongAsAMonitorWatches() {
    PoolMember member = nsdb().topology().get(ObjectType.POOL_MEMBER, Everything.MEMBER);
    nsdb().commit(List.of(new Operation.Update(member.withStatus(LbStatus.INACTIVE))));
    assertThat(compare().lines()).isEmpty();
    List<ImportTask> unwatched =
        Everything.tasks().stream()
            .filter(task -> !"HEALTHMONITOR".equals(task.dataType()))
            .toList();
    Repair.run(nsdb(), compare(unwatched), LAST, Progress.NONE);
    assertThat(nsdb().topology().get(ObjectType.POOL_MEMBER, Everything.MEMBER).status())
        .isEqualTo(LbStatus.ACTIVE);
  }

  private static UUID gatewayPort() {
    return Ids.TENANT_GW_PORT.of(Everything.GATEWAY);
  }

  @Test
  void whatOthersMadeIsLeftAlone() {
    Bridge bridge = bridge(Everything.id(80));
    Port port =
        PortBuilder.builder()
            .id(Everything.id(81))
            .bridgeId(Everything.NET)
            .adminStateUp(true)
            .tunnelKey(77)
            .build();
    Chain chain = ChainBuilder.builder().id(Everything.id(82)).name("mine").build();
    Rule rule =
        RuleBuilder.builder()
            .id(Everything.id(83))
            .chainId(chain.id())
            .condition(Condition.ALL)
            .action(RuleAction.DROP)
            .build();
    Mac mac = Mac.parse("02:00:00:00:00:01");
    Router router = nsdb().topology().get(ObjectType.ROUTER, Everything.ROUTER);
    Bridge net = nsdb().topology().get(ObjectType.BRIDGE, Everything.NET);
    Port machine = nsdb().topology().get(ObjectType.PORT, Everything.MACHINE);
    nsdb()
        .commit(
            List.of(
                new Operation.Create(bridge),
                new Operation.Create(port),
                new Operation.Create(chain),
                new Operation.Create(rule),
                new Operation.Create(
                    RouteBuilder.builder()
                        .id(Everything.id(84))
                        .nextHopPortId(gatewayPort())
                        .nextHop(NextHop.NORMAL)
                        .src(IpPrefix.IPV4_ALL)
                        .dst(IpPrefix.parse("5.0.0.0/8"))
                        .weight(100)
                        .build()),
                new Operation.Update(router.withAsNumber(65000)),
                new Operation.Update(net.withInboundFilterId(chain.id())),
                new Operation.Update(machine.withHostId(Everything.HOST).withInterfaceName("tap0")),
                new Operation.AddEntry<>(StateTable.macs(Everything.NET, 0), mac, port.id()),
                new Operation.AddEntry<>(
                    StateTable.arps(Everything.NET), Ipv4Address.parse("10.0.0.99"), mac),
                new Operation.TakeKey(Sequence.OVERLAY_TUNNEL_KEY, 77)));
    nsdb()
        .learn(
            StateTable.arps(Everything.NET),
            Ipv4Address.parse("10.0.0.98"),
            Mac.parse("fa:16:3e:1:1:1"));
    await()
        .until(() ->
            nsdb().topology().entries(StateTable.arps(Everything.NET)).stream()
                .anyMatch(entry -> !entry.isPersistent()));
    Topology before = nsdb().topology();

    assertThat(compare().lines()).isEmpty();
    nsdb()
        .commit(
            List.of(
                new Operation.Delete(ObjectType.VIP, Everything.VIP),
                new Operation.Delete(ObjectType.BRIDGE, Everything.EXT)));
    Repair.run(nsdb(), compare(), LAST, Progress.NONE);

    assertThat(compare().lines()).isEmpty();
    for (ObjectType<?> type : ObjectType.all()) {
      assertThat(nsdb().topology().count(type)).as("%s", type).isEqualTo(before.count(type));
    }
  }

  private static Bridge bridge(UUID id) {
    return BridgeBuilder.builder().id(id).name("b").adminStateUp(true).build();
  }

  @Test
  void repairWritesNothingThatIsRight() {
    Topology right = nsdb().topology();
    nsdb()
        .commit(
            List.of(new Operation.Delete(ObjectType.CHAIN, Ids.OUT_CHAIN.of(Everything.GROUP))));
    List<UUID> touched = new ArrayList<>();
    nsdb()
        .watch((before, after, changes) ->
            changes.forEach(change -> {
              if (change instanceof Change.OfObject object) {
                synchronized (touched) {
                  touched.add(object.id());
                }
              }
            }));
    Repair.run(nsdb(), compare(), LAST, Progress.NONE);
    assertThat(compare().lines()).isEmpty();
    assertThat(nsdb().topology().count(ObjectType.RULE)).isEqualTo(right.count(ObjectType.RULE));
    synchronized (touched) {
      assertThat(touched)
          .allMatch(id ->
              id.equals(Ids.OUT_CHAIN.of(Everything.GROUP))
                  || id.equals(Everything.RULE)
                  || id.equals(Ids.NON_HEADER_RULE.of(Everything.RULE)));
    }
  }

  @Test
  void theOrderOfRulesCountsWhereItMeansSomething() {
    Chain chain = nsdb().topology().get(ObjectType.CHAIN, Ids.IN_CHAIN.of(Everything.MACHINE));
    nsdb().commit(List.of(new Operation.Update(chain.withRuleIds(chain.ruleIds().reversed()))));
    assertThat(mend()).singleElement().asString().contains("Chain " + chain.id() + ": ruleIds is");
    assertThat(nsdb().topology().get(ObjectType.CHAIN, chain.id())).isEqualTo(chain);

    List<UUID> jumps = new ArrayList<>(chain.ruleIds());
    Collections.swap(jumps, 2, 3); // from one group's chain to the other's
    nsdb().commit(List.of(new Operation.Update(chain.withRuleIds(jumps))));
    assertThat(compare().lines()).isEmpty();
  }

  @Test
  void aTunnelKeyOfTwoPortsIsGivenAnew() {
    Port one = nsdb().topology().get(ObjectType.PORT, Everything.MACHINE);
    Port other = nsdb().topology().get(ObjectType.PORT, Everything.OTHER_MACHINE);
    nsdb().commit(List.of(new Operation.Update(one.withTunnelKey(other.tunnelKey()))));
    assertThat(mend()).singleElement().asString().contains("has a wrong tunnel key");
  }

  @Test
  void whatThePresentTopologyCannotHaveIsNamed() {
    nsdb().commit(List.of(new Operation.Delete(ObjectType.HOST, Everything.HOST)));
    Expected expected = Expected.of(nsdb().topology(), Everything.tasks(), Progress.NONE);
    assertThat(expected.refused())
        .singleElement()
        .asString()
        .isEqualTo(
            "AGENTMEMBERSHIP %s: There is no Host with ID %s."
                .formatted(Everything.HOST, Everything.HOST));
  }
}
