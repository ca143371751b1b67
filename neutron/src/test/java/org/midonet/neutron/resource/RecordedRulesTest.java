package org.midonet.neutron.resource;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.midonet.neutron.error.NeutronException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Our rules beside what neutron-lib made of the same values; rules.json is recorded by
 * record_rules.py.
 */
class RecordedRulesTest {
  private static final DictSpec GATEWAY =
      DictSpec.any()
          .required("network_id", Validators::uuid)
          .optional("external_fixed_ips", ListValidators::fixedIps)
          .optional("enable_snat", Converters::toBoolean, Validators::bool);

  private static final DictSpec BLANK_OPTION =
      DictSpec.any()
          .required("opt_name", Validators.values("router", "classless-static-route"))
          .required("opt_value", Validators.orNone(Validators.string(255)))
          .optional("ip_version", Converters::toInt, Validators.values(4L, 6L));

  private static final DictSpec OPTION =
      DictSpec.any()
          .required("opt_name", Validators.onelineNotEmptyString(64))
          .required("opt_value", Validators.orNone(Validators.onelineNotEmptyString(255)))
          .optional("ip_version", Converters::toInt, Validators.values(4L, 6L));

  private static final Map<String, Validator> VALIDATORS = new TreeMap<>();
  private static final Map<String, Converter> CONVERTERS = new TreeMap<>();

  static {
    VALIDATORS.put("string", Validators::string);
    VALIDATORS.put("string 10", Validators.string(10));
    VALIDATORS.put("string_or_none 10", Validators.orNone(Validators.string(10)));
    VALIDATORS.put("not_empty_string 10", Validators.notEmptyString(10));
    VALIDATORS.put("oneline_not_empty_string 30", Validators.onelineNotEmptyString(30));
    VALIDATORS.put("name_not_default 10", Validators.nameNotDefault(10));
    VALIDATORS.put("boolean", Validators::bool);
    VALIDATORS.put("integer", Validators::integer);
    VALIDATORS.put("range 0 255", Validators.range(0L, 255L));
    VALIDATORS.put("range 0 -", Validators.range(0L, Validators.UNLIMITED));
    VALIDATORS.put("non_negative", Validators::nonNegative);
    VALIDATORS.put("values 4 6", Validators.values(4L, 6L));
    VALIDATORS.put("regex", Validators.regex(Pattern.compile("^[a-z]+$")));
    VALIDATORS.put("uuid", Validators::uuid);
    VALIDATORS.put("subnetpool_id_or_none", Validators::subnetpoolId);
    VALIDATORS.put("port_range", Validators::portRange);
    VALIDATORS.put("ethertype", Validators::ethertype);
    VALIDATORS.put("mac_address", AddressValidators::macAddress);
    VALIDATORS.put("ip_address", AddressValidators::ipAddress);
    VALIDATORS.put("subnet", AddressValidators::subnet);
    VALIDATORS.put("ip_or_subnet_or_none", AddressValidators::ipOrSubnetOrNone);
    VALIDATORS.put("route_cidr", AddressValidators::routeCidr);
    VALIDATORS.put("uuid_list", ListValidators::uuidList);
    VALIDATORS.put("uuid_list_non_empty", ListValidators::uuidListNonEmpty);
    VALIDATORS.put("list_of_unique_strings 10", ListValidators.uniqueStrings(10));
    VALIDATORS.put("subnet_list", ListValidators::subnetList);
    VALIDATORS.put("ip_pools", ListValidators::ipPools);
    VALIDATORS.put("fixed_ips", ListValidators::fixedIps);
    VALIDATORS.put("nameservers", ListValidators::nameservers);
    VALIDATORS.put("hostroutes", ListValidators::hostRoutes);
    VALIDATORS.put("subnet_service_types", ListValidators::subnetServiceTypes);
    VALIDATORS.put("availability_zone_hints", ListValidators::availabilityZoneHints);
    VALIDATORS.put("allowed_address_pairs 3", new AddressPairsValidator(3));
    VALIDATORS.put("extra_dhcp_opts", ListValidators.anySpecOrNone(List.of(BLANK_OPTION, OPTION)));
    VALIDATORS.put("dict", DictSpec.any());
    VALIDATORS.put("external_gateway_info", GATEWAY.orNoData());
    VALIDATORS.put("dns_name example.org", DnsValidators.dnsName("example.org"));
    VALIDATORS.put("fip_dns_name", DnsValidators::floatingIpDnsName);
    VALIDATORS.put("dns_domain", DnsValidators::dnsDomain);

    CONVERTERS.put("boolean", Converters::toBoolean);
    CONVERTERS.put("int", Converters::toInt);
    CONVERTERS.put("list", Converters::toList);
    CONVERTERS.put("lower", Converters::toLowerCase);
    CONVERTERS.put("text", Converters::toText);
    CONVERTERS.put("uppercase_ip", Converters::uppercaseIp);
    CONVERTERS.put("ip", Converters::canonicalIp);
    CONVERTERS.put("cidr", Converters::canonicalCidr);
    CONVERTERS.put("mac", Converters::canonicalMac);
    CONVERTERS.put("protocol", Converters::protocol);
    CONVERTERS.put("sg_protocol", SecurityGroupConverters::protocol);
    CONVERTERS.put("sg_ethertype", SecurityGroupConverters::ethertype);
    CONVERTERS.put("sg_port", SecurityGroupConverters::port);
    CONVERTERS.put("sg_prefix", SecurityGroupConverters::remoteIpPrefix);
  }

  /**
   * Where we are stricter, since what the reference lets pass is of no use to anyone: numbers as
   * MAC addresses, fractions as protocols, a line feed in a name. Integers as text are stored
   * plain.
   */
  private static final Map<String, Predicate<Object>> STRICTER =
      Map.of(
          "mac", value -> !(value instanceof String s && s.matches("[^:]*(:[^:\\n]*){5}")),
          "sg_protocol",
              value -> value instanceof Boolean || value instanceof Double || isOddNumber(value),
          "dns_name example.org", "line\n"::equals,
          "fip_dns_name", "line\n"::equals,
          "nameservers", value -> value.equals("") || value.equals(Map.of()));

  private static boolean isOddNumber(Object value) {
    return value instanceof String s && !s.matches("[0-9]+|[a-zA-Z].*");
  }

  private static @Nullable Object recorded;

  @BeforeAll
  static void readRecording() throws IOException {
    try (InputStream in = RecordedRulesTest.class.getResourceAsStream("rules.json")) {
      recorded = withLongs(new JsonMapper().readValue(in, Map.class));
    }
  }

  private static @Nullable Object withLongs(@Nullable Object value) {
    return switch (value) {
      case Integer n -> n.longValue();
      case List<?> list -> {
        List<@Nullable Object> longs = new ArrayList<>();
        list.forEach(item -> longs.add(withLongs(item)));
        yield longs;
      }
      case Map<?, ?> map -> {
        Map<Object, @Nullable Object> longs = new LinkedHashMap<>();
        map.forEach((key, item) -> longs.put(key, withLongs(item)));
        yield longs;
      }
      case null, default -> value;
    };
  }

  static Stream<String> validators() {
    return VALIDATORS.keySet().stream();
  }

  static Stream<String> converters() {
    return CONVERTERS.keySet().stream();
  }

  @Test
  void everyRecordedRuleIsCompared() {
    assertThat(((Map<?, ?>) get("validators")).keySet()).isEqualTo(VALIDATORS.keySet());
    assertThat(((Map<?, ?>) get("converters")).keySet()).isEqualTo(CONVERTERS.keySet());
  }

  @ParameterizedTest
  @MethodSource("validators")
  void validatorSaysWhatNeutronSays(String name) {
    Validator validator = requireNonNull(VALIDATORS.get(name));
    compare("validators", name, value -> validator.validate(value));
  }

  @ParameterizedTest
  @MethodSource("converters")
  void converterGivesWhatNeutronGives(String name) {
    compare("converters", name, requireNonNull(CONVERTERS.get(name)));
  }

  private static void compare(String kind, String name, Converter ours) {
    List<?> values = (List<?>) get("values");
    List<?> outcomes = (List<?>) requireNonNull(((Map<?, ?>) get(kind)).get(name));
    List<String> differences = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      Object expected = outcomes.get(i);
      Object actual = outcome(ours, values.get(i));
      // Where the reference fails with a fault of its own, any answer but a fault is right.
      if (expected != null
          && !isStricter(name, values.get(i))
          && !normal(expected).equals(normal(actual))) {
        differences.add(
            PythonFormat.repr(values.get(i))
                + "\n  neutron: "
                + expected
                + "\n  ours:    "
                + actual);
      }
    }
    if (!differences.isEmpty()) {
      fail(
          "%s differs on %d values:%n%s", name, differences.size(), String.join("\n", differences));
    }
  }

  private static boolean isStricter(String name, @Nullable Object value) {
    Predicate<Object> stricter = STRICTER.get(name);
    return stricter != null && value != null && stricter.test(value);
  }

  private static Object outcome(Converter rule, @Nullable Object value) {
    try {
      return Arrays.asList(rule.convert(value));
    } catch (NeutronException e) {
      return Map.of(e.type(), e.text());
    }
  }

  /**
   * Python prints sets in no order; the message that holds two of them is compared by its letters.
   */
  private static Object normal(Object outcome) {
    String text = outcome.toString();
    if (!text.contains("Validation of dictionary's keys failed")) {
      return outcome;
    }
    char[] letters = text.toCharArray();
    Arrays.sort(letters);
    return new String(letters);
  }

  private static Object get(String key) {
    return requireNonNull(((Map<?, ?>) requireNonNull(recorded)).get(key));
  }
}
