package org.midonet.app.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.midonet.app.network.Site.id;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.midonet.nsdb.Operation;
import org.midonet.packets.IpAddress;
import org.midonet.packets.Ipv4Address;
import org.midonet.packets.frame.Ethernet;
import org.midonet.topology.LbStatus;
import org.midonet.topology.LoadBalancer;
import org.midonet.topology.PoolBuilder;
import org.midonet.topology.PoolMember;
import org.midonet.topology.TopologyObject;
import org.midonet.topology.Vip;

/** VIPs of Neutron's routers, by clients from everywhere. */
final class BalancingTest {
  private static final UUID POOL = id(700);

  private final TwoTenants it = new TwoTenants(true);

  BalancingTest() {
    create(new LoadBalancer(id(701), TwoTenants.ROUTER, true));
    create(
        PoolBuilder.builder()
            .id(POOL)
            .loadBalancerId(id(701))
            .adminStateUp(true)
            .lbMethod("ROUND_ROBIN")
            .build());
    it.site.allow(id(63), TwoTenants.GROUP, "ingress", "'protocol':'tcp'");
  }

  private void create(TopologyObject object) {
    it.site.commit(List.of(new Operation.Create(object)));
  }

  private void vip(int number, String address) {
    create(new Vip(id(number), null, POOL, true, Ipv4Address.parse(address), 8080, null, null));
  }

  private void member(Machine machine) {
    create(
        new PoolMember(UUID.randomUUID(), POOL, true, LbStatus.ACTIVE, machine.address(4), 80, 1));
  }

  @Test
  void clientsReachItFromEverySubnetOfTheRouter() {
    vip(702, "10.1.0.200");
    member(it.two);
    assertThat(it.one.connect("10.1.0.200", 8080)).isTrue();
    it.two.received().clear();
    assertThat(it.three.connect("10.1.0.200", 8080)).isTrue();
    assertThat(Machine.source(it.two.received().getFirst()))
        .as("members see their clients")
        .isEqualTo(it.three.address(4));
    assertThat(it.three.ping("10.1.0.200")).isTrue();
  }

  @Test
  void clientAndMemberMayBeOnTheSubnetOfTheVip() {
    vip(702, "10.0.0.200");
    member(it.two);
    assertThat(it.one.connect("10.0.0.200", 8080)).isTrue();
    assertThat(Machine.source(it.two.received().getLast()))
        .as("answers must come back by the router")
        .isIn(IpAddress.parse("10.0.0.1"), IpAddress.parse("200.0.0.2"));
    assertThat(it.two.connect("10.0.0.200", 8080)).as("a member asks its own VIP").isTrue();
  }

  @Test
  void clientsOutsideReachItUnderTheirOwnAddress() {
    vip(702, "200.0.0.80");
    member(it.two);
    assertThat(it.outside.connect("200.0.0.80", 8080)).isTrue();
    List<Ethernet> seen = it.two.received();
    assertThat(Machine.source(seen.getFirst())).isEqualTo(IpAddress.parse("200.0.0.50"));
    assertThat(it.three.connect("200.0.0.80", 8080)).isTrue();
    assertThat(it.one.connect("200.0.0.80", 8080)).isTrue();
  }
}
