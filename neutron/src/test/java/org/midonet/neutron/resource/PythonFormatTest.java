package org.midonet.neutron.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.midonet.neutron.error.NeutronException;

class PythonFormatTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0.0",
    "-0.0, -0.0",
    "1, 1.0",
    "100, 100.0",
    "0.1, 0.1",
    "0.0001, 0.0001",
    "0.00001, 1e-05",
    "1e15, 1000000000000000.0",
    "1e16, 1e+16",
    "1.5e300, 1.5e+300",
    "-2.5e-7, -2.5e-07",
    "1e400, inf",
    "-1e400, -inf",
    "123456789.125, 123456789.125"
  })
  void floatsPrintShortest(String number, String text) {
    assertThat(PythonFormat.str(Double.valueOf(number))).isEqualTo(text);
  }

  @Test
  void stringsAreBareAloneAndQuotedInside() {
    assertThat(PythonFormat.str("it's")).isEqualTo("it's");
    assertThat(PythonFormat.repr("it's")).isEqualTo("\"it's\"");
    assertThat(PythonFormat.repr("a'b\"c")).isEqualTo("'a\\'b\"c'");
    assertThat(PythonFormat.repr("\u0000\n\t\\\u00e9\u2028\ud83d\ude00\udc00"))
        .isEqualTo("'\\x00\\n\\t\\\\\u00e9\\u2028\ud83d\ude00\\udc00'");
  }

  @Test
  void containersNest() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("a", Arrays.asList(null, true, 1L, 2.5, new BigInteger("9".repeat(20))));
    map.put("b", Map.of());
    map.put("c", List.of());
    assertThat(PythonFormat.str(map))
        .isEqualTo("{'a': [None, True, 1, 2.5, 99999999999999999999], 'b': {}, 'c': []}");
    assertThat(PythonFormat.set(List.of())).isEqualTo("set()");
    assertThat(PythonFormat.set(List.of("a", "b"))).isEqualTo("{'a', 'b'}");
  }

  @Test
  void numbersBeyondReasonAreNoIntegers() {
    assertThat(Validators.integer(Double.POSITIVE_INFINITY)).isEqualTo("'inf' is not an integer");
    assertThat(Validators.range(0L, 9L).validate(Double.NaN)).isEqualTo("'nan' is not an integer");
    assertThat(Validators.range(0L, 9L).validate("9".repeat(5000))).endsWith("is not an integer");
    assertThatExceptionOfType(NeutronException.class)
        .isThrownBy(() -> Converters.toInt(Double.NEGATIVE_INFINITY))
        .withMessage("Invalid input for operation: '-inf' is not an integer.");
  }

  @Test
  void dictionaryKeysAreConvertedAndTheRestKept() {
    DictSpec spec =
        DictSpec.any()
            .required("network_id", Validators::uuid)
            .optional("enable_snat", Converters::toBoolean, Validators::bool);
    assertThat(spec.converter().convert(Map.of("enable_snat", "no", "x", 1L)))
        .isEqualTo(Map.of("enable_snat", false, "x", 1L));
    assertThat(spec.converter().convert(Map.of("enable_snat", "x")))
        .isEqualTo(Map.of("enable_snat", "x"));
    assertThat(spec.noDataConverter().convert("")).isNull();
    assertThat(spec.noDataConverter().convert("x")).isEqualTo("x");
    assertThat(
            Converters.each(spec.converter())
                .convert(new ArrayList<>(List.of(Map.of("enable_snat", "1")))))
        .isEqualTo(List.of(Map.of("enable_snat", true)));
  }

  @Test
  void keyValuePairsGatherByKey() {
    assertThat(Converters.keyValueLists(List.of("a=1", " a = 2", "a=1", "b=")))
        .isEqualTo(Map.of("a", List.of("1", "2"), "b", List.of("")));
    assertThat(Converters.keyValueLists(List.of("True"))).isEmpty();
    assertThatExceptionOfType(NeutronException.class)
        .isThrownBy(() -> Converters.keyValueLists(List.of("=x")));
  }
}
