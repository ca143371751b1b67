package org.midonet.packets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {
  @ParameterizedTest
  @CsvSource({
    "0.0.0.0, 0.0.0.0",
    "255.255.255.255, 255.255.255.255",
    "10.1.20.200, 10.1.20.200",
    "::, ::",
    "::1, ::1",
    "1::, 1::",
    "::1:2, ::0.1.0.2",
    "::1.2.3.4, ::1.2.3.4",
    "::FFFF:1.2.3.4, ::ffff:1.2.3.4",
    "::ffff:0:0, ::ffff:0.0.0.0",
    "0:0:0:0:0:fffe:1:2, ::fffe:1:2",
    "::1:0:0, ::1:0:0",
    "1:0:0:2:0:0:0:3, 1:0:0:2::3",
    "1:2:0:4:5:6:7:8, 1:2:0:4:5:6:7:8",
    "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "0:1:2:3:4:5:6:7, 0:1:2:3:4:5:6:7",
    "0:0:1::, 0:0:1::",
    "0:0:3:4:5:6:0:0, ::3:4:5:6:0:0",
    "1:2:3:4:5:6:0:0, 1:2:3:4:5:6::",
    "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
    "::2:3:4:5:6:7:8, 0:2:3:4:5:6:7:8",
    "1:2:3:4:5:6:1.2.3.4, 1:2:3:4:5:6:102:304",
    "::00a, ::a"
  })
  void textIsCanonical(String text, String canonical) {
    assertThat(IpAddress.parse(text)).hasToString(canonical);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "1.2.3",
        "1.2.3.",
        "1.2.3.4.",
        ".1.2.3.4",
        "1..3.4",
        "1.2.3.4.5",
        "256.1.1.1",
        "1.2.3.1000",
        "01.2.3.4",
        "1.2.3.04",
        "00.0.0.0",
        "0x1.2.3.4",
        "+1.2.3.4",
        "1.2.3.4 ",
        " 1.2.3.4",
        "1.2.3.4\n",
        "1.2.3.-4",
        "1.2.3.4/32",
        "\u0661.2.3.4",
        ":",
        ":::",
        ":1",
        "1:",
        "1:::2",
        "::1::",
        "1::2::3",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "1:2:3:4:5:6:7::8",
        "1:2:3:4:5:6:7:8:",
        "::12345",
        "00001::",
        "::g",
        "::1%eth0",
        "::1.2.3.04",
        "1.2.3.4::",
        "1:2:3:4:5:6:7:1.2.3.4",
        "::1.2.3",
        "::1.2.3.4:5",
        "::1/128",
        "fe80::1 "
      })
  void otherTextIsRefused(String text) {
    assertThat(IpAddress.tryParse(text)).isEmpty();
    assertThat(Ipv4Address.tryParse(text)).isEmpty();
    assertThat(Ipv6Address.tryParse(text)).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> IpAddress.parse(text))
        .withMessageContaining("'" + text + "'");
  }

  @Test
  void kindsOfAddressAreKnown() {
    assertThat(IpAddress.parse("224.0.0.1").isMulticast()).isTrue();
    assertThat(IpAddress.parse("240.0.0.1").isMulticast()).isFalse();
    assertThat(IpAddress.parse("ff02::1").isMulticast()).isTrue();
    assertThat(IpAddress.parse("127.1.2.3").isLoopback()).isTrue();
    assertThat(IpAddress.parse("::1").isLoopback()).isTrue();
    assertThat(IpAddress.parse("169.254.169.254").isLinkLocal()).isTrue();
    assertThat(IpAddress.parse("febf::1").isLinkLocal()).isTrue();
    assertThat(IpAddress.parse("fec0::1").isLinkLocal()).isFalse();
    assertThat(IpAddress.parse("::").isUnspecified()).isTrue();
    assertThat(IpAddress.parse("0.0.0.0").isUnspecified()).isTrue();
    assertThat(IpAddress.parse("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff").isMax()).isTrue();
  }

  @Test
  void arithmeticNeverLeavesTheAddressSpace() {
    for (String end : new String[] {"255.255.255.255", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"}) {
      IpAddress last = IpAddress.parse(end);
      assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> last.plus(1));
      assertThatExceptionOfType(ArithmeticException.class)
          .isThrownBy(() -> last.plus(BigInteger.ONE));
      IpAddress first = last.first(0);
      assertThat(first.isUnspecified()).isTrue();
      assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> first.plus(-1));
    }
  }

  @Test
  void versionsDoNotMix() {
    IpAddress v4 = IpAddress.parse("1.2.3.4");
    IpAddress v6 = IpAddress.parse("::1");
    assertThatIllegalArgumentException().isThrownBy(() -> v4.minus(v6));
    assertThat(v4).isLessThan(v6);
    assertThat(v6).isGreaterThan(v4);
    assertThatIllegalArgumentException().isThrownBy(() -> v4.first(33));
    assertThatIllegalArgumentException().isThrownBy(() -> v6.last(129));
    assertThatIllegalArgumentException().isThrownBy(() -> IpAddress.ofBytes(new byte[5]));
    assertThatIllegalArgumentException().isThrownBy(() -> IpAddress.of(5, BigInteger.ONE));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> IpAddress.of(4, BigInteger.ONE.shiftLeft(32)));
    assertThatIllegalArgumentException().isThrownBy(() -> IpAddress.ofSortKey("40"));
  }

  @Test
  void everyFormReadsBack() throws UnknownHostException {
    Arbitrary any = new Arbitrary(3);
    for (int i = 0; i < 20_000; i++) {
      IpAddress address = any.address();
      assertThat(IpAddress.parse(address.toString())).isEqualTo(address);
      assertThat(IpAddress.ofBytes(address.toBytes())).isEqualTo(address);
      assertThat(IpAddress.ofSortKey(address.sortKey())).isEqualTo(address);
      assertThat(IpAddress.of(address.version(), address.toBigInteger())).isEqualTo(address);
      if (address.version() == 4) {
        assertThat(InetAddress.getByAddress(address.toBytes()).getHostAddress())
            .isEqualTo(address.toString());
      }
    }
  }

  @Test
  void sortKeysOrderAsAddressesAndNumbersDo() {
    Arbitrary any = new Arbitrary(4);
    for (int i = 0; i < 20_000; i++) {
      IpAddress a = any.address();
      IpAddress b = any.address();
      int order = Integer.signum(a.compareTo(b));
      assertThat(Integer.signum(a.sortKey().compareTo(b.sortKey()))).isEqualTo(order);
      if (a.version() == b.version()) {
        assertThat(a.toBigInteger().compareTo(b.toBigInteger())).isEqualTo(order);
        assertThat(b.plus(a.minus(b))).isEqualTo(a);
      }
    }
  }

  @Test
  void addingAnOffsetIsAdditionOfNumbers() {
    Arbitrary any = new Arbitrary(5);
    for (int i = 0; i < 20_000; i++) {
      IpAddress address = any.address();
      long offset =
          any.random().nextBoolean() ? any.random().nextLong() : any.random().nextLong(-20, 20);
      BigInteger sum = address.toBigInteger().add(BigInteger.valueOf(offset));
      if (sum.signum() >= 0 && sum.bitLength() <= address.width()) {
        assertThat(address.plus(offset).toBigInteger()).isEqualTo(sum);
        assertThat(address.plus(BigInteger.valueOf(offset))).isEqualTo(address.plus(offset));
      } else {
        assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> address.plus(offset));
      }
    }
  }
}
