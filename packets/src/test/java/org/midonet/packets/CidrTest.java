package org.midonet.packets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidrTest {
  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/24, 10.0.0.0/24",
    "10.0.0.77/24, 10.0.0.0/24",
    "10.0.0.77, 10.0.0.77/32",
    "1.2.3.4/0, 0.0.0.0/0",
    "10.0.0.1/255.255.255.0, 10.0.0.0/24",
    "10.0.0.1/0.0.0.255, 10.0.0.0/24",
    "10.0.0.1/0.0.0.0, 0.0.0.0/0",
    "10.0.0.1/255.255.255.255, 10.0.0.1/32",
    "2001:DB8::1/64, 2001:db8::/64",
    "2001:db8::1/ffff:ffff::, 2001:db8::/32",
    "::1, ::1/128"
  })
  void prefixesReadAsTheirCanonicalForm(String text, String canonical) {
    assertThat(Cidr.parse(text)).hasToString(canonical);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/24",
        "10.0.0.0/",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0.0/08",
        "10.0.0.0/+8",
        "10.0.0.0/ 8",
        "10/8",
        "::/129",
        "10.0.0.0/255.0.255.0",
        "10.0.0.0/ffff::",
        "::/255.0.0.0",
        "10.0.0.0/24/24",
        "10.0.0.0/99999999999",
        "x/24"
      })
  void otherTextIsRefused(String text) {
    assertThat(Cidr.tryParse(text)).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Cidr.parse(text))
        .withMessageContaining("'" + text + "'");
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/24, 10.0.0.1-10.0.0.254",
    "10.0.0.0/30, 10.0.0.1-10.0.0.2",
    "10.0.0.0/31, 10.0.0.0-10.0.0.1",
    "10.0.0.7/32, 10.0.0.7-10.0.0.7",
    "0.0.0.0/0, 0.0.0.1-255.255.255.254",
    "2001:db8::/64, 2001:db8::1-2001:db8::ffff:ffff:ffff:ffff",
    "2001:db8::/126, 2001:db8::1-2001:db8::3",
    "2001:db8::/127, 2001:db8::-2001:db8::1",
    "2001:db8::/128, 2001:db8::-2001:db8::"
  })
  void hostsLeaveOutNetworkAndBroadcast(String cidr, String hosts) {
    assertThat(Cidr.parse(cidr).hosts()).hasToString(hosts);
  }

  @Test
  void netmaskAndSizeFollowTheLength() {
    assertThat(Cidr.parse("10.0.0.0/20").netmask()).hasToString("255.255.240.0");
    assertThat(Cidr.parse("2001:db8::/33").netmask()).hasToString("ffff:ffff:8000::");
    assertThat(Cidr.parse("10.0.0.0/20").size()).isEqualTo(Arbitrary.number(4096));
    assertThat(Cidr.IPV6_ALL.size()).isEqualTo(BigInteger.TWO.pow(128));
    assertThat(Cidr.IPV4_ALL.contains(Ipv4Address.BROADCAST)).isTrue();
    assertThat(Cidr.IPV4_ALL.contains(Ipv6Address.ANY)).isFalse();
  }

  @Test
  void subnetsReachTheEndOfTheAddressSpace() {
    assertThat(Cidr.parse("255.255.255.0/24").subnets(26))
        .map(Cidr::toString)
        .containsExactly(
            "255.255.255.0/26", "255.255.255.64/26", "255.255.255.128/26", "255.255.255.192/26");
    assertThat(Cidr.parse("10.0.0.0/24").subnets(24)).containsExactly(Cidr.parse("10.0.0.0/24"));
    assertThatIllegalArgumentException().isThrownBy(() -> Cidr.parse("10.0.0.0/24").subnets(23));
  }

  @Test
  void subtractionKeepsTheSiblingsOnTheWayDown() {
    assertThat(Cidr.parse("10.0.0.0/24").subtract(Cidr.parse("10.0.0.64/26")))
        .isEqualTo(List.of(Cidr.parse("10.0.0.0/26"), Cidr.parse("10.0.0.128/25")));
    assertThat(Cidr.parse("10.0.0.0/24").subtract(Cidr.parse("10.0.0.0/8"))).isEmpty();
    assertThat(Cidr.parse("10.0.0.0/24").subtract(Cidr.parse("10.0.1.0/24")))
        .containsExactly(Cidr.parse("10.0.0.0/24"));
  }

  @Test
  void prefixesContainWhatTheirRangesContain() {
    Arbitrary any = new Arbitrary(6);
    for (int i = 0; i < 20_000; i++) {
      Cidr a = any.cidr();
      Cidr b = any.cidr();
      IpAddress address = any.address();
      assertThat(a.contains(address)).isEqualTo(a.range().contains(address));
      assertThat(a.contains(b)).isEqualTo(a.range().contains(b.range()));
      assertThat(a.overlaps(b)).isEqualTo(a.range().overlaps(b.range()));
      assertThat(a.size()).isEqualTo(a.range().size());
      assertThat(Cidr.parse(a.toString())).isEqualTo(a);
      assertThat(a.range().cidrs()).containsExactly(a);
      assertThat(Cidr.parse(a.network() + "/" + a.netmask())).isEqualTo(a);
      a.supernet().ifPresent(parent -> assertThat(parent.contains(a)).isTrue());
    }
  }

  @Test
  void subtractionOfPrefixesIsSubtractionOfSets() {
    Arbitrary any = new Arbitrary(7);
    for (int i = 0; i < 5_000; i++) {
      Cidr a = any.smallCidr();
      Cidr b = any.smallCidr();
      assertThat(IpSet.ofCidrs(a.subtract(b))).isEqualTo(IpSet.of(a).subtract(IpSet.of(b)));
    }
  }
}
