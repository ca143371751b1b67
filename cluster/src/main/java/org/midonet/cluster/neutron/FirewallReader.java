package org.midonet.cluster.neutron;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.midonet.cluster.neutron.Firewall.Action;
import org.midonet.cluster.neutron.Firewall.Ports;

/** Reads Neutron's documents of firewalls. Stateless. */
final class FirewallReader {
  private static final Map<String, Action> ACTIONS =
      Map.of("allow", Action.ALLOW, "deny", Action.DENY, "reject", Action.REJECT);

  private static final Pattern PORTS = Pattern.compile("([0-9]{1,5})(?::([0-9]{1,5}))?");
  private static final int MAX_PORT = 65535;
  private static final int IPV4 = 4;

  private FirewallReader() {}

  static Firewall firewall(Fields in) {
    return new Firewall(
        in.requiredUuid("id"),
        in.text("tenant_id"),
        in.text("name"),
        in.text("description"),
        in.flag("shared", false),
        in.flag("admin_state_up", false),
        in.text("status"),
        in.uuid("firewall_policy_id"),
        in.objects("firewall_rule_list", FirewallReader::rule),
        in.uuids("add-router-ids"),
        in.uuids("del-router-ids"),
        in.flag("last-router", false));
  }

  private static Firewall.Rule rule(Fields in) {
    return new Firewall.Rule(
        in.requiredUuid("id"),
        in.text("tenant_id"),
        in.text("name"),
        in.text("description"),
        in.uuid("firewall_policy_id"),
        in.flag("shared", false),
        RuleProtocols.read(in, "protocol"),
        version(in),
        in.cidr("source_ip_address"),
        in.cidr("destination_ip_address"),
        ports(in, "source_port"),
        ports(in, "destination_port"),
        Fields.required("action", in.choice("action", ACTIONS)),
        in.integer("position"),
        in.flag("enabled", false));
  }

  /** The REST API has a name of its own for it. */
  private static int version(Fields in) {
    Integer version = in.integer(in.dialect() == Dialect.TASK ? "ip_version" : "ipVersion");
    return version == null ? IPV4 : version;
  }

  private static @Nullable Ports ports(Fields in, String field) {
    String text = in.text(field);
    return text == null || text.isEmpty()
        ? null
        : parse(text).orElseThrow(() -> MalformedException.of(field, "a port or a range", text));
  }

  private static Optional<Ports> parse(String text) {
    Matcher matcher = PORTS.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int first = Integer.parseInt(matcher.group(1));
    int last = matcher.group(2) == null ? first : Integer.parseInt(matcher.group(2));
    return first <= last && last <= MAX_PORT
        ? Optional.of(new Ports(first, last))
        : Optional.empty();
  }
}
