package org.midonet.neutron.resource;

import static org.midonet.neutron.resource.PythonFormat.str;

import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Rules for DNS names and domains (RFC 952, RFC 1123 section 2.1); wording as in {@link
 * Validators}. Stateless, safe to share.
 *
 * <p>The empty string, which clears the attribute, passes every rule.
 */
public final class DnsValidators {
  /** The longest name, the final dot not counted. */
  private static final int MAX_LENGTH = 255;

  /** With this value of the option dns_domain, names of ports are not used. */
  private static final String DEFAULT_DOMAIN = "openstacklocal.";

  private static final Pattern LABEL = Pattern.compile("[a-z0-9-]{1,63}");
  private static final Pattern DIGITS = Pattern.compile("[0-9]+");

  /** Words in place of a label that stand for the owner of the port. */
  private static final Set<String> KEYWORDS =
      Set.of("<project_id>", "<project_name>", "<user_name>", "<user_id>");

  private DnsValidators() {}

  /**
   * The name of a port: with the option dns_domain appended it must fit a DNS name.
   *
   * @param dnsDomainOption the value of the option dns_domain
   */
  public static Validator dnsName(String dnsDomainOption) {
    String domain =
        dnsDomainOption.isEmpty() || dnsDomainOption.endsWith(".")
            ? dnsDomainOption
            : dnsDomainOption + ".";
    return value -> {
      String reason = nameFormat(value);
      if (reason != null || !(value instanceof String name)) {
        return reason;
      }
      boolean used = !name.isEmpty() && !domain.isEmpty() && !domain.equals(DEFAULT_DOMAIN);
      return used ? withDomain(name, dnsDomainOption, "." + domain) : null;
    };
  }

  private static @Nullable String withDomain(String name, String option, String suffix) {
    if (name.endsWith(".")) {
      return name.length() > suffix.length() && name.endsWith(suffix)
          ? null
          : "The dns_name passed is a FQDN. Its higher level labels must be equal to the dns_domain option in neutron.conf, "
              + ("that has been set to '"
                  + option
                  + "'. It must also include one or more valid DNS labels to the left of '")
              + (option + "'");
    }
    return name.length() + suffix.length() <= MAX_LENGTH
        ? null
        : ("The dns_name passed is a PQDN and its size is '"
                + name.length()
                + "'. The dns_domain option in neutron.conf is set to ")
            + (option
                + ", with a length of '"
                + suffix.length()
                + "'. When the two are concatenated to form a FQDN ")
            + ("(with a '.' at the end), the resulting length exceeds the maximum size of '"
                + MAX_LENGTH
                + "'");
  }

  /** The name of a floating IP: relative, with room for a domain. */
  public static @Nullable String floatingIpDnsName(@Nullable Object value) {
    if (!(value instanceof String name) || name.isEmpty()) {
      return Validators.string(value);
    }
    if (name.endsWith(".")) {
      return "'" + name + "' is a FQDN. It should be a relative domain name";
    }
    String reason = nameFormat(name);
    if (reason == null && name.length() > MAX_LENGTH - 3) {
      return tooLong(name, "Adding a domain name");
    }
    return reason;
  }

  /** The domain of a network, port or floating IP: absolute, with room for a name. */
  public static @Nullable String dnsDomain(@Nullable Object value) {
    if (!(value instanceof String domain) || domain.isEmpty()) {
      return Validators.string(value);
    }
    if (!domain.endsWith(".")) {
      return "'" + domain + "' is not a FQDN";
    }
    String reason = nameFormat(domain);
    if (reason == null && domain.length() > MAX_LENGTH - 2) {
      return tooLong(domain, "Adding a sub-domain");
    }
    return reason;
  }

  private static String tooLong(String name, String adding) {
    return ("'" + name + "' contains " + name.length() + " characters. " + adding)
        + (" will cause it to exceed the maximum length of a FQDN of '" + MAX_LENGTH + "'");
  }

  private static @Nullable String nameFormat(@Nullable Object value) {
    if (!(value instanceof String name)) {
      return PythonValues.isTrue(value) ? Validators.string(value) : null;
    }
    String fault =
        name.isEmpty()
            ? null
            : fault(name.endsWith(".") ? name.substring(0, name.length() - 1) : name);
    return fault == null ? null : "'" + str(value) + "' not a valid PQDN or FQDN. Reason: " + fault;
  }

  private static @Nullable String fault(String name) {
    if (PythonValues.length(name) > MAX_LENGTH) {
      return "'" + name + "' exceeds the " + MAX_LENGTH + " character FQDN limit";
    }
    String[] labels = name.split("\\.", -1);
    for (String label : labels) {
      if (label.isEmpty()) {
        return "Encountered an empty component";
      }
      if (label.startsWith("-") || label.endsWith("-")) {
        return "Name '" + label + "' must not start or end with a hyphen";
      }
      if (!LABEL.matcher(label).matches() && !KEYWORDS.contains(label)) {
        return "Name '"
            + label
            + "' must be 1-63 characters long, each of which can only be alphanumeric or a hyphen";
      }
    }
    String last = labels[labels.length - 1];
    return labels.length > 1 && DIGITS.matcher(last).matches()
        ? "TLD '" + last + "' must not be all numeric"
        : null;
  }
}
