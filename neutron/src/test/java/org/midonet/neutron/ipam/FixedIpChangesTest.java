package org.midonet.neutron.ipam;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.midonet.packets.IpAddress;

class FixedIpChangesTest {
  private static final FixedIp V4 = has("v4", "10.0.0.5");
  private static final FixedIp SECOND_V4 = has("v4", "10.0.0.6");
  private static final FixedIp SLAAC = has("slaac", "fd01::f816:3eff:fe00:1");

  @Test
  void anAddressNamedAgainStaysAndTheRestGoes() {
    FixedIpChanges changes =
        between(List.of(V4, SECOND_V4), List.of(wants("v4", "10.0.0.6")), false);

    assertThat(changes).isEqualTo(new FixedIpChanges(List.of(SECOND_V4), List.of(V4), List.of()));
  }

  @Test
  void anyAddressOfASubnetIsTheOneThePortHas() {
    assertThat(between(List.of(V4), List.of(wants("v4", null)), false))
        .isEqualTo(new FixedIpChanges(List.of(V4), List.of(), List.of()));
  }

  @Test
  void aSecondAddressOfTheSubnetIsAdded() {
    FixedIpChanges changes =
        between(List.of(V4), List.of(wants("v4", null), wants("v4", null)), false);

    assertThat(changes.keep()).containsExactly(V4);
    assertThat(changes.add()).containsExactly(wants("v4", null));
  }

  @Test
  void automaticAddressesStayThoughNotNamed() {
    assertThat(between(List.of(V4, SLAAC), List.of(wants("v4", null)), false).keep())
        .containsExactly(V4, SLAAC);
  }

  @Test
  void aNewMacRemovesWhatWasMadeFromTheOld() {
    assertThat(between(List.of(V4, SLAAC), null, true))
        .isEqualTo(new FixedIpChanges(List.of(V4), List.of(SLAAC), List.of()));
  }

  private static FixedIpChanges between(
      List<FixedIp> current, @Nullable List<FixedIpRequest> requests, boolean macChanged) {
    return FixedIpChanges.between(current, requests, macChanged, "slaac"::equals);
  }

  private static FixedIp has(String subnet, String address) {
    return new FixedIp(subnet, IpAddress.parse(address));
  }

  private static FixedIpRequest wants(String subnet, @Nullable String address) {
    return new FixedIpRequest(subnet, address == null ? null : IpAddress.parse(address));
  }
}
