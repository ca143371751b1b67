package org.midonet.agent.linux;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.midonet.agent.linux.HostRoutes.HostRoute;
import org.midonet.packets.Cidr;

/** Lines as kernels write them. */
final class HostRoutesTest {

  @Test
  void aRouteOfIpv4IsReadInTheMachinesOrderOfOctets() {
    assertThat(HostRoutes.ipv4("eth0\t007100CB\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0"))
        .isEqualTo(new HostRoute(Cidr.parse("203.0.113.0/24"), "eth0"));
    assertThat(HostRoutes.ipv4("eth1\t00000000\t010011AC\t0003\t0\t0\t0\t00000000\t0\t0\t0"))
        .isEqualTo(new HostRoute(Cidr.IPV4_ALL, "eth1"));
  }

  @Test
  void aRouteOfIpv6IsReadAsItStands() {
    String none = "00000000000000000000000000000000";
    assertThat(
            HostRoutes.ipv6(
                "20010db8000e00000000000000000000 40 %s 00 %s 00000100 00000001 00000000 00000001     eth0"
                    .formatted(none, none)))
        .isEqualTo(new HostRoute(Cidr.parse("2001:db8:e::/64"), "eth0"));
  }

  @Test
  void theRoutesOfThisHostAreRead() {
    assertThat(HostRoutes.list()).allMatch(route -> !route.device().isEmpty());
  }
}
