package org.midonet.agent.balance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.midonet.agent.sim.HealthProber;
import org.midonet.nsdb.MemoryNsdb;
import org.midonet.nsdb.Operation;
import org.midonet.nsdb.StateKey;
import org.midonet.packets.Ipv4Address;
import org.midonet.topology.HealthMonitor;
import org.midonet.topology.HostBuilder;
import org.midonet.topology.LbStatus;
import org.midonet.topology.LoadBalancer;
import org.midonet.topology.PoolBuilder;
import org.midonet.topology.PoolMember;
import org.midonet.topology.RouterBuilder;
import org.midonet.topology.TopologyObject;

/** Which host probes which member and how, and what comes of it. */
final class HealthTest {
  private static final Ipv4Address ADDRESS = Ipv4Address.parse("10.0.0.5");

  @Test
  void aMemberIsDeadAfterSoManyFailuresAndAliveAfterOneAnswer() {
    Health health = Health.UNKNOWN.after(false, 3).after(false, 3);
    assertThat(health.status()).isNull();
    assertThat(health.isInDoubt()).isTrue();
    assertThat(health.after(true, 3).status()).isEqualTo(LbStatus.ACTIVE);
    Health dead = health.after(false, 3);
    assertThat(dead.status()).isEqualTo(LbStatus.INACTIVE);
    assertThat(dead.isInDoubt()).isFalse();
    assertThat(dead.after(true, 3)).isEqualTo(new Health(LbStatus.ACTIVE, 0));
  }

  @Test
  void membersInDoubtAreAskedMoreOften() {
    Watch watch =
        new Watch(
            UUID.randomUUID(),
            new HealthProber.Target(UUID.randomUUID(), ADDRESS),
            80,
            new Watch.Kind.Tcp(),
            Duration.ofSeconds(6),
            Duration.ofSeconds(2),
            3);
    assertThat(watch.pause(false)).isEqualTo(Duration.ofSeconds(6));
    assertThat(watch.pause(true)).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void statusesAreListedAsNeutronDoes() {
    assertThat(StatusCodes.parse("200").contains(200)).isTrue();
    assertThat(StatusCodes.parse("200").contains(201)).isFalse();
    assertThat(StatusCodes.parse("200, 302").contains(302)).isTrue();
    assertThat(StatusCodes.parse("200-204").contains(203)).isTrue();
    assertThat(StatusCodes.parse("200-204").contains(205)).isFalse();
    assertThat(StatusCodes.parse("any")).isEqualTo(StatusCodes.OK);
  }

  @Test
  void membersOfTwoProjectsWithOneAddressHaveTwoAliases() {
    Aliases aliases = new Aliases(UUID.randomUUID());
    HealthProber.Target one = new HealthProber.Target(UUID.randomUUID(), ADDRESS);
    HealthProber.Target other = new HealthProber.Target(UUID.randomUUID(), ADDRESS);
    Ipv4Address alias = aliases.take(one);
    assertThat(aliases.take(one)).isEqualTo(alias);
    assertThat(aliases.take(other)).isNotEqualTo(alias);
    aliases.release(one);
    assertThat(aliases.target(alias)).isEqualTo(one);
    aliases.release(one);
    assertThat(aliases.target(alias)).isNull();
    assertThat(aliases.take(one)).as("not at once again").isNotEqualTo(alias);
  }

  private final MemoryNsdb nsdb = new MemoryNsdb();

  private void create(TopologyObject object) {
    nsdb.commit(List.of(new Operation.Create(object)));
  }

  private UUID host(String name) {
    UUID id = UUID.randomUUID();
    create(HostBuilder.builder().id(id).name(name).containerLimit(-1).build());
    nsdb.publish(StateKey.alive(id), id, "");
    return id;
  }

  private UUID monitoredPool(UUID balancer, boolean up) {
    UUID monitor = UUID.randomUUID();
    create(new HealthMonitor(monitor, up, "HTTP", 5, 2, 3));
    UUID pool = UUID.randomUUID();
    create(
        PoolBuilder.builder()
            .id(pool)
            .loadBalancerId(balancer)
            .healthMonitorId(monitor)
            .lbMethod("ROUND_ROBIN")
            .adminStateUp(true)
            .build());
    create(new PoolMember(UUID.randomUUID(), pool, true, LbStatus.ACTIVE, ADDRESS, 80, 1));
    create(new PoolMember(UUID.randomUUID(), pool, false, LbStatus.ACTIVE, ADDRESS, 81, 1));
    return pool;
  }

  private UUID balancer() {
    UUID router = UUID.randomUUID();
    create(RouterBuilder.builder().id(router).adminStateUp(true).asNumber(-1).build());
    UUID balancer = UUID.randomUUID();
    create(new LoadBalancer(balancer, router, true));
    return balancer;
  }

  @Test
  void oneLivingHostWatchesAPoolAndOthersTakeOverWhenItDies() {
    UUID balancer = balancer();
    Set<UUID> hosts = new HashSet<>(List.of(host("a"), host("b"), host("c")));
    Set<UUID> elected = new HashSet<>();
    for (int i = 0; i < 30; i++) {
      UUID pool = monitoredPool(balancer, true);
      UUID host = Watches.hostOf(nsdb.topology(), pool);
      elected.add(host);
      assertThat(hosts).contains(host);
    }
    assertThat(elected).as("all have some").isEqualTo(hosts);
    UUID dead = elected.iterator().next();
    nsdb.withdraw(StateKey.alive(dead), dead);
    int watched = 0;
    for (UUID host : hosts) {
      watched += Watches.of(nsdb.topology(), host).size();
    }
    assertThat(Watches.of(nsdb.topology(), dead)).isEmpty();
    assertThat(watched).as("each enabled member once").isEqualTo(30);
  }

  @Test
  void aMonitorThatIsDownWatchesNobody() {
    UUID host = host("a");
    monitoredPool(balancer(), false);
    assertThat(Watches.of(nsdb.topology(), host)).isEmpty();
  }
}
