package org.midonet.neutron.resource;

import static org.midonet.neutron.resource.PythonFormat.str;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.error.NeutronException;

/**
 * Rules for single values: strings, numbers, identifiers. Stateless, safe to share.
 *
 * <p>The rules and their wording are those of neutron-lib's API validators of the Zed release.
 * Rules without a parameter are meant as method references ({@code Validators::uuid}); addresses,
 * lists and dictionaries have classes of their own.
 */
public final class Validators {
  /** For {@link #range}: no limit on that side. */
  public static final @Nullable Long UNLIMITED = null;

  private static final List<String> VALID_ETHERTYPES = List.of("IPv4", "IPv6");

  private Validators() {}

  /** Accepts null beside what the given rule accepts. */
  public static Validator orNone(Validator validator) {
    return value -> value == null ? null : validator.validate(value);
  }

  /** One of some values, compared as Python compares: 4.0 is 4. */
  public static Validator values(@Nullable Object... allowed) {
    List<@Nullable Object> list = Arrays.asList(allowed);
    return value -> PythonValues.isIn(value, list) ? null : str(value) + " is not in valid_values";
  }

  /** A string of any length. */
  public static @Nullable String string(@Nullable Object value) {
    return value instanceof String ? null : "'" + str(value) + "' is not a valid string";
  }

  /** A string of at most so many characters. */
  public static Validator string(int maxLength) {
    return value ->
        value instanceof String s && PythonValues.length(s) > maxLength
            ? "'" + s + "' exceeds maximum length of " + maxLength
            : string(value);
  }

  /** A string of at most so many characters with something besides white space in it. */
  public static Validator notEmptyString(int maxLength) {
    Validator string = string(maxLength);
    return value -> {
      String reason = string.validate(value);
      if (reason == null && PythonValues.strip(str(value)).isEmpty()) {
        return "'" + str(value) + "' Blank strings are not permitted";
      }
      return reason;
    };
  }

  /** Like {@link #notEmptyString}, and on one line. */
  public static Validator onelineNotEmptyString(int maxLength) {
    Validator notEmpty = notEmptyString(maxLength);
    return value -> {
      String reason = notEmpty.validate(value);
      if (reason == null && PythonValues.isMultiline(str(value))) {
        return "Multi-line string is not allowed: '" + str(value) + "'";
      }
      return reason;
    };
  }

  /**
   * The name of a security group: any string but {@code default}, which is the group that each
   * project has already.
   */
  public static Validator nameNotDefault(int maxLength) {
    Validator string = string(maxLength);
    return value -> {
      String reason = string.validate(value);
      if (reason == null && str(value).toLowerCase(Locale.ROOT).equals("default")) {
        throw NeutronException.conflict(
            "SecurityGroupDefaultAlreadyExists", "Default security group already exists.");
      }
      return reason;
    };
  }

  /** A boolean or a word or number for one, as {@link Converters#toBoolean} takes. */
  public static @Nullable String bool(@Nullable Object value) {
    return Converters.booleanOrNull(value) != null
        ? null
        : "'" + str(value) + "' is not a valid boolean value";
  }

  /** A whole number or the text of one; not a boolean. */
  public static @Nullable String integer(@Nullable Object value) {
    BigInteger number = PythonValues.toInteger(value);
    boolean whole =
        number != null
            && (value instanceof Double d ? d == Math.rint(d) : PythonValues.isExactDouble(number));
    if (!whole) {
      return "'" + str(value) + "' is not an integer";
    }
    return value instanceof Boolean ? "'" + str(value) + "' is not an integer:boolean" : null;
  }

  /** An integer from {@code min} to {@code max}, both included, {@link #UNLIMITED} for no limit. */
  public static Validator range(@Nullable Long min, @Nullable Long max) {
    return value -> {
      BigInteger number = PythonValues.toInteger(value);
      if (number == null) {
        return "'" + str(value) + "' is not an integer";
      }
      if (min != null && number.compareTo(BigInteger.valueOf(min)) < 0) {
        return "'" + number + "' is too small - must be at least '" + min + "'";
      }
      if (max != null && number.compareTo(BigInteger.valueOf(max)) > 0) {
        return "'" + number + "' is too large - must be no larger than '" + max + "'";
      }
      return null;
    };
  }

  /** An integer that is not negative. */
  public static @Nullable String nonNegative(@Nullable Object value) {
    BigInteger number = PythonValues.toInteger(value);
    if (number == null) {
      return "'" + str(value) + "' is not an integer";
    }
    return number.signum() < 0 ? "'" + number + "' should be non-negative" : null;
  }

  /** A string that the pattern matches from its beginning, though not necessarily to its end. */
  public static Validator regex(Pattern pattern) {
    return value ->
        value instanceof String s && pattern.matcher(s).lookingAt()
            ? null
            : "'" + str(value) + "' is not a valid input";
  }

  /** A UUID, with or without hyphens, braces and the urn:uuid: prefix. */
  public static @Nullable String uuid(@Nullable Object value) {
    return value instanceof String s && isUuid(s)
        ? null
        : "'" + str(value) + "' is not a valid UUID";
  }

  private static boolean isUuid(String text) {
    String bare = text.replace("urn:", "").replace("uuid:", "");
    int digits = 0;
    int start = 0;
    int end = bare.length();
    while (start < end && isBrace(bare.charAt(start))) {
      start++;
    }
    while (end > start && isBrace(bare.charAt(end - 1))) {
      end--;
    }
    for (int i = start; i < end; i++) {
      char c = bare.charAt(i);
      boolean hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
      if (!hex && c != '-') {
        return false;
      }
      digits += hex ? 1 : 0;
    }
    return digits == 32;
  }

  private static boolean isBrace(char c) {
    return c == '{' || c == '}';
  }

  /**
   * A UUID, null, or {@code prefix_delegation}, which stands for a pool of delegated IPv6 prefixes.
   */
  public static @Nullable String subnetpoolId(@Nullable Object value) {
    return value == null || value.equals("prefix_delegation") ? null : uuid(value);
  }

  /** Null, a port, or two ports joined by a colon, each from 0 to 65535. */
  public static @Nullable String portRange(@Nullable Object value) {
    if (value == null) {
      return null;
    }
    String[] ports = str(value).split(":", -1);
    if (ports.length > 2) {
      return "Port range must be two integers separated by a colon";
    }
    for (String port : ports) {
      if (port.isEmpty()) {
        return "Port range must be two integers separated by a colon";
      }
      if (Converters.portOrNull(port) == null) {
        return "Invalid port: " + port;
      }
    }
    Long first = Converters.portOrNull(ports[0]);
    Long last = Converters.portOrNull(ports[ports.length - 1]);
    return first != null && last != null && first > last
        ? "First port in a port range must be lower than the second port"
        : null;
  }

  /** {@code IPv4} or {@code IPv6}. */
  public static @Nullable String ethertype(@Nullable Object value) {
    return PythonValues.isIn(value, VALID_ETHERTYPES)
        ? null
        : "Ethertype " + str(value) + " is not a valid ethertype, must be one of IPv4,IPv6.";
  }

  /** The type of a service plugin that runs. */
  public static Validator servicePluginType(Predicate<String> isLoaded) {
    return value -> {
      if (value instanceof String s && isLoaded.test(s)) {
        return null;
      }
      throw new NeutronException(
          400, "InvalidServiceType", "Invalid service type: " + str(value) + ".");
    };
  }
}
