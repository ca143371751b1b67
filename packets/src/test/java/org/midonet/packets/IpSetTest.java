package org.midonet.packets;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;

class IpSetTest {
  private static Cidr cidr(String text) {
    return Cidr.parse(text);
  }

  @Test
  void neighbouringPrefixesBecomeOne() {
    IpSet set = IpSet.of(cidr("10.0.1.0/24"), cidr("10.0.0.0/24"), cidr("10.0.0.64/26"));
    assertThat(set.cidrs()).containsExactly(cidr("10.0.0.0/23"));
    assertThat(set).hasToString("[10.0.0.0/23]").isEqualTo(IpSet.of(cidr("10.0.0.0/23")));
    assertThat(set.size()).isEqualTo(Arbitrary.number(512));
  }

  @Test
  void versionsLieSideBySide() {
    IpSet set = IpSet.of(Cidr.IPV6_ALL, Cidr.IPV4_ALL);
    assertThat(set.ranges()).hasSize(2);
    assertThat(set.size()).isEqualTo(BigInteger.TWO.pow(128).add(BigInteger.TWO.pow(32)));
    assertThat(set.subtract(IpSet.of(Cidr.IPV6_ALL))).isEqualTo(IpSet.of(Cidr.IPV4_ALL));
  }

  @Test
  void bestFitComesFromTheSmallestPrefixThatHoldsIt() {
    IpSet free =
        IpSet.of(cidr("10.0.0.0/16")).subtract(IpSet.of(cidr("10.0.0.0/26"), cidr("10.0.1.0/25")));
    assertThat(free.bestFit(26)).contains(cidr("10.0.0.64/26"));
    assertThat(free.bestFit(25)).contains(cidr("10.0.0.128/25"));
    assertThat(free.bestFit(24)).contains(cidr("10.0.2.0/24"));
    assertThat(free.bestFit(17)).contains(cidr("10.0.128.0/17"));
    assertThat(free.bestFit(16)).isEmpty();
    assertThat(free.largestPrefix()).contains(cidr("10.0.128.0/17"));
    assertThat(IpSet.EMPTY.largestPrefix()).isEmpty();
    assertThat(IpSet.EMPTY.bestFit(32)).isEmpty();
    assertThat(IpSet.EMPTY.isEmpty()).isTrue();
  }

  @Test
  void operationsAgreeWithThoseOnSingleAddresses() {
    Arbitrary any = new Arbitrary(9);
    List<IpAddress> world = Arbitrary.smallWorld();
    for (int i = 0; i < 2_000; i++) {
      List<IpRange> a = any.smallRanges();
      List<IpRange> b = any.smallRanges();
      IpSet setA = IpSet.ofRanges(a);
      IpSet setB = IpSet.ofRanges(b);
      IpSet union = setA.union(setB);
      IpSet difference = setA.subtract(setB);
      IpSet intersection = setA.intersect(setB);
      for (IpAddress address : world) {
        boolean inA = a.stream().anyMatch(r -> r.contains(address));
        boolean inB = b.stream().anyMatch(r -> r.contains(address));
        assertThat(setA.contains(address)).isEqualTo(inA);
        assertThat(union.contains(address)).isEqualTo(inA || inB);
        assertThat(difference.contains(address)).isEqualTo(inA && !inB);
        assertThat(intersection.contains(address)).isEqualTo(inA && inB);
      }
      assertThat(IpSet.ofCidrs(setA.cidrs())).isEqualTo(setA);
      IpRange probe = any.smallRange();
      assertThat(setA.overlaps(probe)).isEqualTo(a.stream().anyMatch(probe::overlaps));
      assertThat(setA.contains(probe))
          .isEqualTo(world.stream().filter(probe::contains).allMatch(setA::contains));
    }
  }

  @Test
  void bestFitIsFreeAndNoSmallerFreePrefixWouldDo() {
    Arbitrary any = new Arbitrary(10);
    for (int i = 0; i < 2_000; i++) {
      IpSet free =
          IpSet.of(cidr("10.0.0.0/26")).subtract(IpSet.of(any.smallCidr(), any.smallCidr()));
      int length = 26 + any.random().nextInt(7);
      boolean fits = free.cidrs().stream().anyMatch(c -> c.prefixLength() <= length);
      assertThat(free.bestFit(length).isPresent()).isEqualTo(fits);
      free.bestFit(length).ifPresent(best -> assertThat(free.contains(best)).isTrue());
    }
  }
}
