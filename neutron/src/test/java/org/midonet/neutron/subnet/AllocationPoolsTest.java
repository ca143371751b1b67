package org.midonet.neutron.subnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.midonet.packets.Cidr;
import org.midonet.packets.IpAddress;
import org.midonet.packets.IpRange;

class AllocationPoolsTest {
  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/24, 10.0.0.1, 10.0.0.2-10.0.0.254",
    "10.0.0.0/24, 10.0.0.254, 10.0.0.1-10.0.0.253",
    "10.0.0.0/24, 10.0.0.10, 10.0.0.1-10.0.0.9 10.0.0.11-10.0.0.254",
    "10.0.0.0/24, 10.9.0.1, 10.0.0.1-10.0.0.254",
    "10.0.0.0/31, 10.0.0.1, 10.0.0.0-10.0.0.0",
    "10.0.0.4/32, 10.0.0.5, 10.0.0.4-10.0.0.4",
    "fd00:77::/64, fd00:77::, fd00:77::1-fd00:77::ffff:ffff:ffff:ffff",
    "fd00::/126, fd00::1, fd00::2-fd00::3",
  })
  void allAddressesButTheGatewaysAreTaken(String cidr, String gateway, String pools) {
    List<IpRange> generated = AllocationPools.generate(Cidr.parse(cidr), IpAddress.parse(gateway));

    assertThat(generated.stream().map(IpRange::toString))
        .containsExactlyElementsOf(Arrays.asList(pools.split(" ")));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "10.0.0.0, 10.0.0.9, spans beyond the subnet cidr 10.0.0.0/24.",
        "10.0.0.250, 10.0.0.255, spans beyond the subnet cidr 10.0.0.0/24.",
        "fd00::1, fd00::2, The allocation pool fd00::1-fd00::2 is not valid.",
        "10.0.0.9, 10.0.0.2, \"The allocation pool {'start': '10.0.0.9', 'end': '10.0.0.2'} is not valid.\"",
      })
  void poolsThatCannotBeAreRefused(String start, String end, String message) {
    assertThatThrownBy(() ->
            AllocationPools.check(
                AllocationPools.parse(List.of(Map.of("start", start, "end", end))),
                Cidr.parse("10.0.0.0/24")))
        .hasMessageContaining(message);
  }

  @Test
  void overlappingPoolsAreRefused() {
    List<IpRange> pools =
        AllocationPools.parse(
            List.of(
                Map.of("start", "10.0.0.2", "end", "10.0.0.9"),
                Map.of("start", "10.0.0.9", "end", "10.0.0.20")));

    assertThatThrownBy(() -> AllocationPools.check(pools, Cidr.parse("10.0.0.0/24")))
        .hasMessage(
            "Found overlapping allocation pools: 10.0.0.2-10.0.0.9 10.0.0.9-10.0.0.20 for subnet"
                + " 10.0.0.0/24.");
  }
}
