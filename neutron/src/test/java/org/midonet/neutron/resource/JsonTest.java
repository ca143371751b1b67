package org.midonet.neutron.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {
  @Test
  void wholeNumbersAreLongWhereTheyFit() {
    assertThat(Json.read("[1, -2, 9223372036854775807]"))
        .isEqualTo(List.of(1L, -2L, Long.MAX_VALUE));
    assertThat(Json.read("{\"a\": [9223372036854775808]}"))
        .isEqualTo(Map.of("a", List.of(new BigInteger("9223372036854775808"))));
    assertThat(Json.read("7".getBytes(java.nio.charset.StandardCharsets.UTF_8))).isEqualTo(7L);
  }

  @Test
  void otherNumbersAreDouble() {
    assertThat(Json.read("[1.5, 1e2, 1e400, -0.0]"))
        .isEqualTo(List.of(1.5, 100.0, Double.POSITIVE_INFINITY, -0.0));
  }
}
