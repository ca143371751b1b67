package org.midonet.app.network;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.midonet.agent.sim.Generated;
import org.midonet.agent.sim.Simulation;
import org.midonet.agent.sim.SimulationSettings;
import org.midonet.agent.sim.Verdict;
import org.midonet.agent.sim.VirtualTopology;
import org.midonet.agent.state.LocalState;
import org.midonet.agent.state.NatBlocks;
import org.midonet.agent.state.StateTimeouts;
import org.midonet.cluster.neutron.Dialect;
import org.midonet.cluster.neutron.Documents;
import org.midonet.cluster.translation.Chance;
import org.midonet.cluster.translation.NeutronOperation;
import org.midonet.cluster.translation.Translation;
import org.midonet.cluster.translation.TranslationSettings;
import org.midonet.nsdb.Change;
import org.midonet.nsdb.Commit;
import org.midonet.nsdb.MemoryNsdb;
import org.midonet.nsdb.Operation;
import org.midonet.nsdb.StateKey;
import org.midonet.packets.Mac;
import org.midonet.packets.frame.Ethernet;
import org.midonet.topology.Host;
import org.midonet.topology.HostBuilder;
import org.midonet.topology.Ids;
import org.midonet.topology.NeutronObject;
import org.midonet.topology.ObjectType;
import org.midonet.topology.Port;
import tools.jackson.databind.json.JsonMapper;

/**
 * A cloud on one host, made as Neutron would, with its agent but no kernel. For one thread.
 *
 * <p>Its machines' ports are bound and active at once.
 */
final class Site {
  static final UUID HOST = id(0xb057);
  private static final JsonMapper JSON = new JsonMapper();

  final MemoryNsdb nsdb = new MemoryNsdb();
  final LocalState state = new LocalState(StateTimeouts.DEFAULT, NatBlocks.alone());
  private final Translation translation =
      new Translation(TranslationSettings.DEFAULT, Chance.of(new Random(7)));
  private final Map<UUID, Machine> machines = new HashMap<>();
  private VirtualTopology topology = VirtualTopology.EMPTY;
  private SimulationSettings settings = SimulationSettings.DEFAULT;
  long now;

  /** A frame that leaves by a port. */
  record Delivery(UUID port, Ethernet frame) {}

  Site() {
    Host host = HostBuilder.builder().id(HOST).name("host").containerLimit(-1).build();
    commit(List.of(new Operation.Create(host)));
  }

  static UUID id(int number) {
    return UUID.fromString("%08x-0000-4000-8000-000000000000".formatted(number));
  }

  static Mac mac(UUID id) {
    return new Mac(0xfa163e000000L | id.getMostSignificantBits() >>> 32);
  }

  Site with(SimulationSettings other) {
    settings = other;
    return this;
  }

  Simulation simulation() {
    return new Simulation(topology, state, settings);
  }

  VirtualTopology topology() {
    return topology;
  }

  void commit(List<Operation> operations) {
    Commit commit = nsdb.commit(operations);
    topology = topology.after(nsdb.topology(), commit.changes());
  }

  Site create(ObjectType<NeutronObject> type, String document) {
    commit(
        translation.translate(
            nsdb.topology(),
            new NeutronOperation.Create(Documents.read(type, map(document), Dialect.REST))));
    return this;
  }

  Site update(ObjectType<NeutronObject> type, String document) {
    commit(
        translation.translate(
            nsdb.topology(),
            new NeutronOperation.Update(Documents.read(type, map(document), Dialect.REST))));
    return this;
  }

  Site delete(ObjectType<NeutronObject> type, UUID id) {
    commit(translation.translate(nsdb.topology(), new NeutronOperation.Delete(type, id)));
    return this;
  }

  @SuppressWarnings("unchecked") // documents are objects
  private static Map<String, @Nullable Object> map(String document) {
    return JSON.readValue(document.replace('\'', '"'), LinkedHashMap.class);
  }

  Site network(UUID id, String... more) {
    return create(
        ObjectType.NEUTRON_NETWORK, object("'id':'" + id + "'", "'admin_state_up':true", more));
  }

  Site subnet(UUID id, UUID network, String cidr, @Nullable String gateway, String... more) {
    String gatewayIp = gateway == null ? "null" : "'" + gateway + "'";
    return create(
        ObjectType.NEUTRON_SUBNET,
        object(
            "'id':'%s','network_id':'%s','cidr':'%s','gateway_ip':%s"
                .formatted(id, network, cidr, gatewayIp),
            "'enable_dhcp':true",
            more));
  }

  Site group(UUID id) {
    return create(ObjectType.SECURITY_GROUP, "{'id':'%s','name':'group'}".formatted(id));
  }

  /** A rule of a security group: {@code allow(id, group, "ingress", "'protocol':'icmp'")}. */
  Site allow(UUID id, UUID group, String direction, String... more) {
    return allow(id, group, direction, "ipv4", more);
  }

  Site allow(UUID id, UUID group, String direction, String ethertype, String[] more) {
    return create(
        ObjectType.SECURITY_GROUP_RULE,
        object(
            "'id':'%s','security_group_id':'%s'".formatted(id, group),
            "'direction':'%s','ethertype':'%s'".formatted(direction, ethertype),
            more));
  }

  Site port(UUID id, UUID network, List<String> fixedIps, String... more) {
    return create(ObjectType.NEUTRON_PORT, portDocument(id, network, fixedIps, more));
  }

  /** Fixed IPs are given as {@code subnet number=address}. */
  static String portDocument(UUID id, UUID network, List<String> fixedIps, String... more) {
    String ips =
        fixedIps.stream()
            .map(it -> it.split("=", 2))
            .map(it ->
                "{'subnet_id':'%s','ip_address':'%s'}"
                    .formatted(id(Integer.parseInt(it[0])), it[1]))
            .collect(Collectors.joining(","));
    return object(
        "'id':'%s','network_id':'%s','mac_address':'%s'".formatted(id, network, mac(id)),
        "'admin_state_up':true,'fixed_ips':[" + ips + "]",
        more);
  }

  Site router(UUID id) {
    return create(
        ObjectType.NEUTRON_ROUTER, "{'id':'%s','name':'r','admin_state_up':true}".formatted(id));
  }

  /** Joins a router to a subnet: makes the port, and the interface of it. */
  Site join(UUID router, UUID port, UUID network, int subnet, String address) {
    port(
        port,
        network,
        List.of(subnet + "=" + address),
        "'device_owner':'network:router_interface'");
    return create(
        ObjectType.NEUTRON_ROUTER_INTERFACE,
        "{'id':'%s','port_id':'%s','subnet_ids':['%s']}".formatted(router, port, id(subnet)));
  }

  Site gateway(UUID router, UUID port, UUID network, List<String> fixedIps, boolean snat) {
    port(port, network, fixedIps, "'device_owner':'network:router_gateway'");
    return update(ObjectType.NEUTRON_ROUTER, routerDocument(router, port, network, snat, ""));
  }

  static String routerDocument(
      UUID router, UUID gatewayPort, UUID network, boolean snat, String routes) {
    return ("{'id':'%s','name':'r','admin_state_up':true,'gw_port_id':'%s',"
            + "'external_gateway_info':{'network_id':'%s','enable_snat':%s},'routes':[%s]}")
        .formatted(router, gatewayPort, network, snat, routes);
  }

  Site floatingIp(UUID id, String address, UUID network, UUID router, UUID port, String fixed) {
    return create(
        ObjectType.FLOATING_IP,
        ("{'id':'%s','floating_ip_address':'%s','floating_network_id':'%s','router_id':'%s',"
                + "'port_id':'%s','fixed_ip_address':'%s'}")
            .formatted(id, address, network, router, port, fixed));
  }

  /** A machine's port, bound and active; it has the addresses of the port. */
  Machine machine(UUID id, UUID network, List<String> fixedIps, String... more) {
    port(id, network, fixedIps, more);
    return plug(id, fixedIps.stream().map(it -> it.split("=", 2)[1]).toList());
  }

  /** Binds a port that is there. */
  Machine plug(UUID id, List<String> addresses) {
    Port port = nsdb.topology().get(ObjectType.PORT, id);
    commit(List.of(new Operation.Update(port.withHostId(HOST).withInterfaceName("tap" + id))));
    activate(id);
    Machine machine = new Machine(this, id, mac(id), addresses);
    machines.put(id, machine);
    return machine;
  }

  void activate(UUID port) {
    nsdb.publish(StateKey.active(port), HOST, "up");
    Change change = new Change.OfState(StateKey.active(port), HOST, null, "up");
    topology = topology.after(nsdb.topology(), List.of(change));
  }

  Port routerPort(UUID neutronPort) {
    return nsdb.topology().get(ObjectType.PORT, Ids.ROUTER_INTERFACE_PORT_PEER.of(neutronPort));
  }

  Port gatewayPort(UUID neutronPort) {
    return nsdb.topology().get(ObjectType.PORT, Ids.TENANT_GW_PORT.of(neutronPort));
  }

  /** Lets a frame in by a port, and everything out that comes of it. */
  List<Delivery> send(UUID port, Ethernet frame) {
    Simulation simulation = simulation();
    Verdict verdict = simulation.decide(Simulation.Input.of(frame, port));
    List<Delivery> deliveries = new ArrayList<>();
    Deque<Generated> made = new ArrayDeque<>();
    carryOut(verdict, frame, deliveries, made);
    while (!made.isEmpty()) {
      Generated next = made.pop();
      carryOut(simulation().generated(next), next.frame(), deliveries, made);
    }
    return deliveries;
  }

  private void carryOut(
      Verdict verdict, Ethernet frame, List<Delivery> deliveries, Deque<Generated> made) {
    verdict.effects().forEach(effect -> state.apply(effect, now));
    verdict
        .outputs()
        .forEach(
            output -> deliveries.add(new Delivery(output.port(), output.rewrite().apply(frame))));
    made.addAll(verdict.generated());
  }

  /** Delivers what machines answer too, until all is quiet. */
  List<Delivery> exchange(UUID port, Ethernet frame) {
    List<Delivery> all = new ArrayList<>();
    Deque<Delivery> waiting = new ArrayDeque<>(send(port, frame));
    for (int i = 0; i < 100 && !waiting.isEmpty(); i++) {
      Delivery delivery = waiting.pop();
      all.add(delivery);
      Machine machine = machines.get(delivery.port());
      if (machine != null) {
        for (Ethernet answer : machine.receive(delivery.frame())) {
          waiting.addAll(send(machine.port(), answer));
        }
      }
    }
    return all;
  }

  private static String object(String first, String second, String... more) {
    return Stream.concat(Stream.of(first, second), Stream.of(more))
        .collect(Collectors.joining(",", "{", "}"));
  }
}
