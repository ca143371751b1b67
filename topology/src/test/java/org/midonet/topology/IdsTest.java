package org.midonet.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.midonet.packets.IpAddress;
import org.midonet.packets.IpPrefix;
import org.midonet.packets.Mac;

/** Ids as the recordings in spec/midonet-golden have them. */
final class IdsTest {
  private static final UUID PORT = UUID.fromString("00000013-0000-4000-8000-000000000000");
  private static final UUID ROUTER = UUID.fromString("00000005-0000-4000-8000-000000000000");
  private static final UUID ROUTER_PORT = UUID.fromString("9c30301f-c91f-4f19-8844-9d37e61b60f0");

  @Test
  void chainsOfPortsFollowFromThePort() {
    assertThat(Ids.IN_CHAIN.of(PORT)).hasToString("c84db1e4-3554-442b-8e7b-38f2c703ee6a");
    assertThat(Ids.OUT_CHAIN.of(PORT)).hasToString("020940e8-2cac-401e-9ffa-f9c05d04b524");
    assertThat(Ids.ANTI_SPOOF_CHAIN.of(PORT)).hasToString("0a7b610f-fe73-44fe-bbac-78cfe412ad35");
  }

  @Test
  void routesOfInterfacesFollowFromPortAndAddress() {
    IpAddress address = IpAddress.parse("10.0.0.1");
    assertThat(Ids.ROUTER_INTERFACE_ROUTE.of(ROUTER_PORT, address))
        .hasToString("2eb899f5-bea9-41dc-bbe4-d625a230d188");
    assertThat(Ids.LOCAL_ROUTE.of(ROUTER_PORT, address))
        .hasToString("8f8d358e-17d3-4545-88ba-f949886aeb83");
    assertThat(Ids.METADATA_SERVICE_ROUTE.of(ROUTER_PORT, address))
        .hasToString("3c231c4f-6e5e-40a2-af16-45577c4a1a9d");
  }

  @Test
  void routesOfGatewaysFollowFromTheRoutersPortAndItsAddress() {
    UUID gateway = UUID.fromString("d3a45094-502f-4366-9fd7-d26cc7566972");
    IpAddress address = IpAddress.parse("200.0.0.2");
    assertThat(Ids.GATEWAY_ROUTE.of(gateway, address))
        .hasToString("b8018d01-f57a-43eb-8f7a-619aa2b1ec2e");
    assertThat(Ids.ROUTER_INTERFACE_ROUTE.of(gateway, address))
        .hasToString("612cf965-88aa-4e3d-ac77-997e837dd85a");
  }

  @Test
  void extraRoutesFollowFromRouterDestinationAndNextHop() {
    assertThat(
            Ids.extraRoute(ROUTER, IpPrefix.parse("172.31.0.0/16"), IpAddress.parse("10.0.0.99")))
        .hasToString("ac1f0005-0000-4010-8000-00000a000063");
  }

  @Test
  void addressesOfOnePortGiveMembersOfTheirOwn() {
    UUID group = UUID.fromString("00000020-0000-4000-8000-000000000000");
    IpAddress first = IpAddress.parse("10.0.0.10");
    IpAddress second = IpAddress.parse("10.0.0.11");
    assertThat(Ids.ipAddrGroupMember(group, PORT, first))
        .isNotEqualTo(Ids.ipAddrGroupMember(group, PORT, second))
        .isNotEqualTo(Ids.ipAddrGroupMember(group, ROUTER_PORT, first))
        .isNotEqualTo(Ids.ipAddrGroupMember(group, group, first));
    assertThat(Ids.dhcpHost(group, Mac.parse("fa:16:3e:00:00:01"), first))
        .isNotEqualTo(Ids.dhcpHost(group, Mac.parse("fa:16:3e:00:00:02"), first));
  }
}
