package org.midonet.packets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;

class IpRangeTest {
  private static IpRange range(String first, String last) {
    return new IpRange(IpAddress.parse(first), IpAddress.parse(last));
  }

  @Test
  void rangesRunForwardInOneVersion() {
    assertThatIllegalArgumentException().isThrownBy(() -> range("10.0.0.2", "10.0.0.1"));
    assertThatIllegalArgumentException().isThrownBy(() -> range("10.0.0.2", "::1"));
  }

  @Test
  void sizeIsExactForWholeAddressSpaces() {
    assertThat(Cidr.IPV6_ALL.range().size()).isEqualTo(BigInteger.TWO.pow(128));
    assertThat(IpRange.of(IpAddress.parse("::1")).size()).isEqualTo(BigInteger.ONE);
  }

  @Test
  void neighboursMergeButAGapKeepsThemApart() {
    assertThat(range("10.0.0.1", "10.0.0.4").merge(range("10.0.0.5", "10.0.0.9")))
        .contains(range("10.0.0.1", "10.0.0.9"));
    assertThat(range("10.0.0.5", "10.0.0.9").merge(range("10.0.0.1", "10.0.0.4")))
        .contains(range("10.0.0.1", "10.0.0.9"));
    assertThat(range("10.0.0.1", "10.0.0.3").merge(range("10.0.0.5", "10.0.0.9"))).isEmpty();
    assertThat(range("255.255.255.0", "255.255.255.255").merge(range("::", "::1"))).isEmpty();
  }

  @Test
  void aRangeIsCoveredByTheFewestPrefixes() {
    assertThat(range("10.0.0.2", "10.0.0.254").cidrs())
        .map(Cidr::toString)
        .containsExactly(
            "10.0.0.2/31",
            "10.0.0.4/30",
            "10.0.0.8/29",
            "10.0.0.16/28",
            "10.0.0.32/27",
            "10.0.0.64/26",
            "10.0.0.128/26",
            "10.0.0.192/27",
            "10.0.0.224/28",
            "10.0.0.240/29",
            "10.0.0.248/30",
            "10.0.0.252/31",
            "10.0.0.254/32");
    assertThat(range("0.0.0.0", "255.255.255.255").cidrs()).containsExactly(Cidr.IPV4_ALL);
  }

  @Test
  void walkingStopsAtTheEndOfTheAddressSpace() {
    assertThat(range("255.255.255.254", "255.255.255.255").addresses())
        .containsExactly(IpAddress.parse("255.255.255.254"), IpAddress.parse("255.255.255.255"));
  }

  @Test
  void operationsAgreeWithThoseOnSingleAddresses() {
    Arbitrary any = new Arbitrary(8);
    List<IpAddress> world = Arbitrary.smallWorld();
    for (int i = 0; i < 2_000; i++) {
      IpRange a = any.smallRange();
      IpRange b = any.smallRange();
      List<IpRange> rest = a.subtract(b);
      for (IpAddress address : world) {
        boolean inA = a.contains(address);
        boolean inB = b.contains(address);
        assertThat(rest.stream().anyMatch(r -> r.contains(address))).isEqualTo(inA && !inB);
        assertThat(a.intersect(b).filter(r -> r.contains(address)).isPresent())
            .isEqualTo(inA && inB);
        assertThat(a.cidrs().stream().anyMatch(c -> c.contains(address))).isEqualTo(inA);
      }
      a.merge(b)
          .ifPresent(both ->
              assertThat(world.stream().filter(both::contains))
                  .allMatch(x -> a.contains(x) || b.contains(x)));
    }
  }
}
