package org.midonet.neutron.securitygroup;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.resource.Attribute;
import org.midonet.neutron.resource.Resource;
import org.midonet.packets.IpProtocol;

/** What makes two rules the same, however they were written; stateless. */
final class RuleKey {
  private static final Set<String> EVERYWHERE = Set.of("0.0.0.0/0", "::/0");

  private static final List<Attribute<?>> PARTS =
      List.of(
          SecurityGroupRules.DIRECTION,
          SecurityGroupRules.ETHERTYPE,
          SecurityGroupRules.PORT_RANGE_MAX,
          SecurityGroupRules.PORT_RANGE_MIN,
          SecurityGroupRules.PROTOCOL,
          SecurityGroupRules.REMOTE_GROUP_ID,
          SecurityGroupRules.REMOTE_IP_PREFIX,
          SecurityGroupRules.GROUP_ID);

  private RuleKey() {}

  static String of(Resource rule) {
    return PARTS.stream().map(part -> part(rule, part)).collect(Collectors.joining(" "));
  }

  private static String part(Resource rule, Attribute<?> attribute) {
    @Nullable Object raw = rule.find(attribute);
    if (raw == null) {
      return "+";
    }
    String text = raw.toString();
    if (attribute == SecurityGroupRules.REMOTE_IP_PREFIX && EVERYWHERE.contains(text)) {
      return "+";
    }
    if (attribute == SecurityGroupRules.PROTOCOL) {
      return IpProtocol.tryParse(text).map(p -> String.valueOf(p.number())).orElse(text);
    }
    return text;
  }
}
