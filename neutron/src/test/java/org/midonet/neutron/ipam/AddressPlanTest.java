package org.midonet.neutron.ipam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.midonet.neutron.error.NeutronException;
import org.midonet.neutron.subnet.AllocationPools;
import org.midonet.packets.Cidr;
import org.midonet.packets.IpAddress;
import org.midonet.packets.Mac;

class AddressPlanTest {
  private static final IpamSubnet V4 = subnet("v4", "10.0.0.0/24", false);
  private static final IpamSubnet OTHER_V4 = subnet("w4", "10.0.1.0/24", false);
  private static final IpamSubnet V6 = subnet("v6", "fd00::/64", false);
  private static final IpamSubnet SLAAC = subnet("slaac", "fd01::/64", true);

  @Test
  void anUndemandingPortTakesOneAddressOfEachVersionAndTheAutomaticOnes() {
    List<Slot> slots = plan("compute:nova", V4, OTHER_V4, V6, SLAAC).unasked();

    assertThat(slots)
        .containsExactly(
            new Slot(List.of(V4, OTHER_V4), null),
            new Slot(List.of(V6), null),
            Slot.of(SLAAC, IpAddress.parse("fd01::f816:3eff:fe00:1")));
  }

  @Test
  void routerInterfacesHaveNoAutomaticAddress() {
    assertThat(plan("network:router_interface", SLAAC).automatic(Set.of())).isEmpty();
  }

  @Test
  void certainAddressesAreTakenBeforeAny() {
    List<Slot> slots = plan("", V4).asked(List.of(asks("v4", null), asks("v4", "10.0.0.9")));

    assertThat(slots).extracting(Slot::address).containsExactly(IpAddress.parse("10.0.0.9"), null);
  }

  @Test
  void anAddressFindsItsSubnet() {
    assertThat(plan("", V4, OTHER_V4).asked(List.of(asks(null, "10.0.1.9"))))
        .containsExactly(Slot.of(OTHER_V4, IpAddress.parse("10.0.1.9")));
  }

  @Test
  void aSubnetReservedForOthersIsNotTaken() {
    IpamSubnet reserved =
        new IpamSubnet(
            "r", V4.cidr(), V4.pools(), true, false, List.of("network:floatingip_agent_gateway"));

    assertThat(plan("compute:nova", reserved, OTHER_V4).unasked())
        .containsExactly(new Slot(List.of(OTHER_V4), null));
    assertThat(plan("network:dhcp", reserved).unasked()).hasSize(1);
    assertRefused(
        "IpAddressGenerationFailureNoMatchingSubnet", () -> plan("compute:nova", reserved));
  }

  @Test
  void whatCannotBeIsRefusedByItsName() {
    AddressPlan plan = plan("compute:nova", V4, SLAAC);

    assertRefused("InvalidIpForSubnet", () -> plan.asked(List.of(asks("v4", "10.9.0.1"))));
    assertRefused("InvalidIpForSubnet", () -> plan.asked(List.of(asks("v4", "10.0.0.0"))));
    assertRefused("InvalidIpForSubnet", () -> plan.asked(List.of(asks("v4", "10.0.0.255"))));
    assertRefused("InvalidIpForNetwork", () -> plan.asked(List.of(asks(null, "10.9.0.1"))));
    assertRefused("InvalidInput", () -> plan.asked(List.of(asks(null, null))));
    assertRefused("InvalidInput", () -> plan.asked(List.of(asks("elsewhere", null))));
    assertRefused("InvalidInput", () -> plan("").asked(List.of(asks("v4", null))));
    assertRefused(
        "AllocationOnAutoAddressSubnet", () -> plan.asked(List.of(asks("slaac", "fd01::9"))));
  }

  @Test
  void theAnycastAddressIsForRoutersOnly() {
    assertThat(V6.admits(IpAddress.parse("fd00::"), "network:router_interface")).isTrue();
    assertThat(V6.admits(IpAddress.parse("fd00::"), "compute:nova")).isFalse();
  }

  private static AddressPlan plan(String owner, IpamSubnet... subnets) {
    PortNeeds needs = new PortNeeds("net", "port", Mac.parse("fa:16:3e:00:00:01"), owner);
    return new AddressPlan(needs, Arrays.asList(subnets), id -> {});
  }

  private static IpamSubnet subnet(String id, String prefix, boolean automatic) {
    Cidr cidr = Cidr.parse(prefix);
    return new IpamSubnet(
        id, cidr, AllocationPools.generate(cidr, null), true, automatic, List.of());
  }

  private static FixedIpRequest asks(@Nullable String subnet, @Nullable String address) {
    return new FixedIpRequest(subnet, address == null ? null : IpAddress.parse(address));
  }

  private static void assertRefused(String type, Runnable action) {
    assertThatThrownBy(action::run)
        .isInstanceOfSatisfying(NeutronException.class, e -> assertThat(e.type()).isEqualTo(type));
  }
}
