package org.midonet.neutron.firewall;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.resource.AddressValidators;
import org.midonet.neutron.resource.Attribute;
import org.midonet.neutron.resource.Converters;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.resource.Standard;
import org.midonet.neutron.resource.Validators;

/** The firewall rule (plugin specification C.5); stateless. */
final class FirewallRules {
  private static final int DESCRIPTION_LENGTH = 1024;
  private static final int MAX_PROTOCOL = 255;

  static final Attribute<String> DESCRIPTION =
      Attribute.string("description")
          .onCreate("")
          .onUpdate()
          .validate(Validators.string(DESCRIPTION_LENGTH))
          .queryable()
          .build();

  /** The policy that it is part of, null for none. */
  static final Attribute<String> POLICY_ID =
      Attribute.string("firewall_policy_id").queryable().build();

  /** Whether other projects may put it into their policies. */
  static final Attribute<Boolean> SHARED =
      Attribute.bool("shared")
          .onCreate(false)
          .onUpdate()
          .enforcePolicy()
          .requiredByPolicy()
          .queryable()
          .build();

  /** {@code tcp}, {@code udp}, {@code icmp} or a number from 0 to 255; null for any. */
  static final Attribute<String> PROTOCOL =
      Attribute.string("protocol")
          .onCreate(null)
          .onUpdate()
          .convert(FirewallRules::protocol)
          .queryable()
          .build();

  /** 4 or 6. */
  static final Attribute<Long> IP_VERSION =
      Attribute.integer("ip_version")
          .onCreate(4L)
          .onUpdate()
          .convert(Converters::toInt)
          .validate(Validators.values(4L, 6L))
          .queryable()
          .build();

  /** An address or a prefix, null for any. */
  static final Attribute<String> SOURCE_IP = address("source_ip_address");

  /** An address or a prefix, null for any. */
  static final Attribute<String> DESTINATION_IP = address("destination_ip_address");

  /** A port or two of them as in {@code 80:90}, null for any. */
  static final Attribute<String> SOURCE_PORT = port("source_port");

  /** A port or two of them as in {@code 80:90}, null for any. */
  static final Attribute<String> DESTINATION_PORT = port("destination_port");

  /** The place in its policy, from 1; null without a policy. */
  static final Attribute<Long> POSITION = Attribute.integer("position").queryable().build();

  /** {@code allow}, {@code deny} or {@code reject}. */
  static final Attribute<String> ACTION =
      Attribute.string("action")
          .onCreate("deny")
          .onUpdate()
          .convert(value -> value == null ? null : Converters.toLowerCase(value))
          .validate(Validators.values("allow", "deny", "reject"))
          .queryable()
          .build();

  static final Attribute<Boolean> ENABLED =
      Attribute.bool("enabled").onCreate(true).onUpdate().queryable().build();

  static final ResourceType TYPE =
      new ResourceType(
          "firewall_rule",
          "firewall_rules",
          "fw/firewall_rules",
          "firewall_rules",
          "Firewall Rule",
          "FirewallRuleNotFound",
          List.of(
              Standard.ID,
              Standard.TENANT_ID,
              Standard.PROJECT_ID,
              Standard.NAME,
              DESCRIPTION,
              POLICY_ID,
              SHARED,
              PROTOCOL,
              IP_VERSION,
              SOURCE_IP,
              DESTINATION_IP,
              SOURCE_PORT,
              DESTINATION_PORT,
              POSITION,
              ACTION,
              ENABLED));

  private FirewallRules() {}

  private static Attribute<String> address(String name) {
    return Attribute.string(name)
        .onCreate(null)
        .onUpdate()
        .validate(AddressValidators::ipOrSubnetOrNone)
        .queryable()
        .build();
  }

  private static Attribute<String> port(String name) {
    return Attribute.string(name)
        .onCreate(null)
        .onUpdate()
        .convert(Converters::toText)
        .validate(PortText::problem)
        .queryable()
        .build();
  }

  private static @Nullable Object protocol(@Nullable Object value) {
    if (value == null) {
      return null;
    }
    String text = String.valueOf(value);
    boolean known =
        switch (text.toLowerCase(Locale.ROOT)) {
          case "tcp", "udp", "icmp" -> true;
          default -> text.matches("[0-9]{1,3}") && Integer.parseInt(text) <= MAX_PROTOCOL;
        };
    if (!known) {
      throw FirewallErrors.protocol(text);
    }
    return text.toLowerCase(Locale.ROOT);
  }
}
