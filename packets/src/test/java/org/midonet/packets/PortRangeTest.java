package org.midonet.packets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PortRangeTest {
  @ParameterizedTest
  @CsvSource({"80, 80", "80:90, 80:90", "80-90, 80:90", "0:65535, 0:65535", "7:7, 7"})
  void rangesReadAndWrite(String text, String canonical) {
    assertThat(PortRange.parse(text)).hasToString(canonical);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":",
        "80:",
        ":80",
        "90:80",
        "65536",
        "-1",
        "1:2:3",
        "a",
        "1 :2",
        "99999999999"
      })
  void otherTextIsRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PortRange.parse(text))
        .withMessageContaining("'" + text + "'");
  }

  @Test
  void boundsAreIncluded() {
    PortRange range = new PortRange(80, 90);
    assertThat(range.contains(80)).isTrue();
    assertThat(range.contains(90)).isTrue();
    assertThat(range.contains(91)).isFalse();
    assertThat(range.overlaps(PortRange.of(90))).isTrue();
    assertThat(range.overlaps(PortRange.of(91))).isFalse();
    assertThat(PortRange.ALL.contains(range)).isTrue();
    assertThat(range.contains(PortRange.ALL)).isFalse();
    assertThat(range.size()).isEqualTo(11);
    assertThat(range).isLessThan(new PortRange(80, 91)).isGreaterThan(new PortRange(79, 100));
  }
}
