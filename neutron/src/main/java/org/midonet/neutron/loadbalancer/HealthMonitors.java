package org.midonet.neutron.loadbalancer;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.resource.Attribute;
import org.midonet.neutron.resource.Converters;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.resource.Standard;
import org.midonet.neutron.resource.Validator;
import org.midonet.neutron.resource.Validators;
import org.midonet.neutron.resource.ValueType;

/** The health monitor (plugin specification C.6); stateless. */
public final class HealthMonitors {
  private static final int METHOD_LENGTH = 16;
  private static final int PATH_LENGTH = 255;
  private static final int CODES_LENGTH = 64;
  private static final long MAX_INT = Integer.MAX_VALUE;
  private static final Pattern CODES =
      Pattern.compile("^(\\d{3}(\\s*,\\s*\\d{3})*)$|^(\\d{3}-\\d{3})$");
  private static final Pattern ONE_WORD = Pattern.compile("[\\x21-\\x7e]*+$");

  /** How members are asked: PING, TCP, HTTP or HTTPS. */
  public static final Attribute<String> KIND =
      Attribute.string("type")
          .requiredOnCreate()
          .validate(Validators.values("PING", "TCP", "HTTP", "HTTPS"))
          .queryable()
          .build();

  /** Seconds from one question to the next. */
  public static final Attribute<Long> DELAY = seconds("delay");

  /** Seconds within which a member must answer, no more than {@link #DELAY}. */
  public static final Attribute<Long> TIMEOUT = seconds("timeout");

  /** So many questions without an answer make a member INACTIVE. */
  public static final Attribute<Long> MAX_RETRIES =
      Attribute.integer("max_retries")
          .requiredOnCreate()
          .onUpdate()
          .convert(Converters::toInt)
          .validate(Validators.range(1L, 10L))
          .queryable()
          .build();

  /** Of HTTP and HTTPS only, as all that follow. */
  public static final Attribute<String> HTTP_METHOD =
      Attribute.string("http_method")
          .onCreate("GET")
          .onUpdate()
          .validate(word(METHOD_LENGTH))
          .queryable()
          .build();

  public static final Attribute<String> URL_PATH =
      Attribute.string("url_path")
          .onCreate("/")
          .onUpdate()
          .validate(word(PATH_LENGTH))
          .queryable()
          .build();

  /** The statuses of a member that is well: one, several with commas, or a range with a hyphen. */
  public static final Attribute<String> EXPECTED_CODES =
      Attribute.string("expected_codes")
          .onCreate("200")
          .onUpdate()
          .validate(both(Validators.regex(CODES), Validators.string(CODES_LENGTH)))
          .queryable()
          .build();

  /** The pools that it watches: {@code pool_id}, {@code status}, {@code status_description}. */
  public static final Attribute<List<Map<String, Object>>> POOLS =
      Attribute.derived("pools", ValueType.OBJECTS).build();

  /** The health monitor. */
  public static final ResourceType TYPE =
      new ResourceType(
          "health_monitor",
          "health_monitors",
          "lb/health_monitors",
          "healthmonitors",
          "Health_monitor",
          "HealthMonitorNotFound",
          List.of(
              Standard.ID,
              Standard.TENANT_ID,
              Standard.PROJECT_ID,
              KIND,
              DELAY,
              TIMEOUT,
              MAX_RETRIES,
              HTTP_METHOD,
              URL_PATH,
              EXPECTED_CODES,
              Standard.ADMIN_STATE_UP,
              POOLS));

  private HealthMonitors() {}

  private static Attribute<Long> seconds(String name) {
    return Attribute.integer(name)
        .requiredOnCreate()
        .onUpdate()
        .convert(Converters::toInt)
        .validate(both(Validators::nonNegative, Validators.range(0L, MAX_INT)))
        .queryable()
        .build();
  }

  /** What ends a line would let the author of a monitor write more of a request than this. */
  private static Validator word(int length) {
    return both(Validators.string(length), Validators.regex(ONE_WORD));
  }

  private static Validator both(Validator first, Validator second) {
    return value -> {
      @Nullable String problem = first.validate(value);
      return problem == null ? second.validate(value) : problem;
    };
  }

  /** Whether requests of HTTP are its questions. */
  static boolean speaksHttp(@Nullable Object kind) {
    return "HTTP".equals(kind) || "HTTPS".equals(kind);
  }
}
