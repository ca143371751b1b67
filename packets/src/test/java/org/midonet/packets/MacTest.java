package org.midonet.packets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MacTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "fa:16:3e:00:0a:01",
        "FA:16:3E:00:0A:01",
        "fa-16-3e-00-0a-01",
        "fa:16:3e:0:a:1",
        "fa16:3e00:0a01",
        "fa16.3e00.a01",
        "fa163e-000a01",
        "fa163e000a01"
      })
  void everyCommonFormReadsAsTheSameAddress(String text) {
    assertThat(Mac.parse(text)).hasToString("fa:16:3e:00:0a:01");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "fa:16:3e:00:0a",
        "fa:16:3e:00:0a:01:02",
        "fa:16:3e:00:0a:",
        ":fa:16:3e:00:0a",
        "fa:16:3e:00:0a:g1",
        "fa:16:3e-00-0a-01",
        "fa.16.3e.00.0a.01",
        "fa:16:3e:000:a:01",
        "fa16:3e00:0a012",
        "fa163e.000a01",
        "fa16:003e:",
        "fa163e00a0",
        "fa163e000a012",
        " fa:16:3e:0:0:1",
        "\uff11\uff11:16:3e:00:0a:01"
      })
  void otherTextIsRefused(String text) {
    assertThat(Mac.tryParse(text)).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Mac.parse(text))
        .withMessageContaining("'" + text + "'");
  }

  @Test
  void valuesWiderThan48BitsAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Mac(1L << 48));
    assertThatIllegalArgumentException().isThrownBy(() -> new Mac(-1));
  }

  @Test
  void groupAndLocalBitsAreThoseOfTheFirstOctet() {
    assertThat(Mac.parse("01:00:5e:00:00:01").isMulticast()).isTrue();
    assertThat(Mac.parse("fa:16:3e:00:00:01").isMulticast()).isFalse();
    assertThat(Mac.parse("fa:16:3e:00:00:01").isLocal()).isTrue();
    assertThat(Mac.parse("00:16:3e:00:00:01").isLocal()).isFalse();
    assertThat(Mac.BROADCAST.isBroadcast()).isTrue();
    assertThat(Mac.BROADCAST.isMulticast()).isTrue();
    assertThat(Mac.parse("00:16:3e:00:00:07").octet(0)).isZero();
    assertThat(Mac.parse("00:16:3e:00:00:07").octet(5)).isEqualTo(7);
  }

  @ParameterizedTest
  @CsvSource({
    "34:56:78:9a:bc:de, fe80::3656:78ff:fe9a:bcde",
    "fa:16:3e:00:00:01, fe80::f816:3eff:fe00:1",
    "00:00:00:00:00:00, fe80::200:ff:fe00:0"
  })
  void slaacTakesTheModifiedEui64(String mac, String address) {
    assertThat(Mac.parse(mac).slaac(Ipv6Address.parse("fe80::"))).hasToString(address);
  }

  @Test
  void randomKeepsThreeOctetsOfItsBaseOrFourIfTheFourthIsSet() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 1000; i++) {
      assertThat(Mac.random(Mac.parse("fa:16:3e:00:00:00"), random).toString())
          .startsWith("fa:16:3e:");
      assertThat(Mac.random(Mac.parse("fa:16:3e:4f:00:00"), random).toString())
          .startsWith("fa:16:3e:4f:");
    }
  }

  @Test
  void textOfAnyAddressReadsBackAndSortsLikeIt() {
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < 10_000; i++) {
      Mac a = new Mac(random.nextLong(1L << 48));
      Mac b = new Mac(random.nextLong(1L << 48));
      assertThat(Mac.parse(a.toString())).isEqualTo(a);
      assertThat(Integer.signum(a.compareTo(b)))
          .isEqualTo(Integer.signum(a.toString().compareTo(b.toString())));
    }
  }
}
