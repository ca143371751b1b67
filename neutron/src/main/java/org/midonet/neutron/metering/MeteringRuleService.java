package org.midonet.neutron.metering;

import java.util.List;
import org.jooq.Condition;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.auth.RequestContext;
import org.midonet.neutron.resource.Attribute;
import org.midonet.neutron.resource.PythonFormat;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.service.ResourceService;
import org.midonet.neutron.service.Session;
import org.midonet.neutron.service.Tables;
import org.midonet.packets.Cidr;
import org.midonet.packets.IpAddress;

/** The rules of metering label rules, which come and go but do not change; stateless. */
final class MeteringRuleService implements ResourceService {
  private static final List<Attribute<String>> PREFIXES =
      List.of(
          MeteringLabelRules.REMOTE_IP_PREFIX,
          MeteringLabelRules.SOURCE_IP_PREFIX,
          MeteringLabelRules.DESTINATION_IP_PREFIX);

  @Override
  public ResourceType type() {
    return MeteringLabelRules.TYPE;
  }

  @Override
  public Resource create(Session session, Resource input) {
    Resource.Builder rule = input.toBuilder();
    PREFIXES.forEach(attribute -> rule.set(attribute, canonical(attribute, input)));
    Resource checked = rule.build();
    checkCombination(checked);
    refuseOverlap(session, checked, input);
    session.get(MeteringLabels.TYPE, input.get(MeteringLabelRules.LABEL_ID));
    return session.insert(checked);
  }

  /** The prefix as it is kept, host bits and all; null where the request has none. */
  private static @Nullable String canonical(Attribute<String> attribute, Resource input) {
    String text = input.get(attribute, "");
    if (text.isEmpty()) {
      return null;
    }
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    return Cidr.tryParse(text)
        .map(cidr -> IpAddress.parse(address) + "/" + cidr.prefixLength())
        .orElseThrow(() ->
            MeteringErrors.invalid(
                "%s: %s is invalid [%s does not appear to be an IPv4 or IPv6 interface]."
                    .formatted(attribute.name(), text, PythonFormat.repr(text))));
  }

  private static void checkCombination(Resource rule) {
    boolean remote = rule.find(MeteringLabelRules.REMOTE_IP_PREFIX) != null;
    boolean ends =
        rule.find(MeteringLabelRules.SOURCE_IP_PREFIX) != null
            || rule.find(MeteringLabelRules.DESTINATION_IP_PREFIX) != null;
    if (remote && ends) {
      throw MeteringErrors.invalid(
          "Cannot use 'remote-ip-prefix' in conjunction with 'source-ip-prefix' or"
              + " 'destination-ip-prefix'.");
    }
    if (!remote && !ends) {
      throw MeteringErrors.invalid(
          "You must define at least one of the following parameters 'remote_ip_prefix', or"
              + " 'source_ip_prefix' or 'destination_ip_prefix'.");
    }
  }

  /** Only remote prefixes must not overlap, and only those of a label that count the same way. */
  private static void refuseOverlap(Session session, Resource rule, Resource input) {
    String remote = rule.find(MeteringLabelRules.REMOTE_IP_PREFIX);
    if (remote == null) {
      return;
    }
    Cidr wanted = Cidr.parse(remote);
    Condition alike =
        Tables.text(MeteringLabelRules.LABEL_ID)
            .eq(rule.get(MeteringLabelRules.LABEL_ID))
            .and(
                Tables.text(MeteringLabelRules.DIRECTION)
                    .eq(rule.get(MeteringLabelRules.DIRECTION)))
            .and(
                Tables.bool(MeteringLabelRules.EXCLUDED).eq(rule.get(MeteringLabelRules.EXCLUDED)));
    for (Resource present : session.tables().list(MeteringLabelRules.TYPE, alike)) {
      String other = present.find(MeteringLabelRules.REMOTE_IP_PREFIX);
      if (other != null && Cidr.parse(other).overlaps(wanted)) {
        throw MeteringErrors.overlaps(input.get(MeteringLabelRules.REMOTE_IP_PREFIX));
      }
    }
  }

  @Override
  public void delete(Session session, Resource current) {
    session.remove(current);
  }

  /** Rules belong to no project: policy alone decides who sees them. */
  @Override
  public Condition visibility(RequestContext context) {
    return DSL.noCondition();
  }

  @Override
  public boolean visible(Session session, Resource row) {
    return true;
  }
}
