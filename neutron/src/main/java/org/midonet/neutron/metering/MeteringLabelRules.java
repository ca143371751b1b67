package org.midonet.neutron.metering;

import java.util.List;
import org.midonet.neutron.resource.Attribute;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.resource.Standard;
import org.midonet.neutron.resource.Validators;
import org.midonet.neutron.resource.ValueType;

/** The rule of a metering label (API reference, "Metering labels and rules"); stateless. */
public final class MeteringLabelRules {
  /** The label whose traffic it describes. */
  public static final Attribute<String> LABEL_ID =
      Attribute.string("metering_label_id")
          .requiredOnCreate()
          .validate(Validators::uuid)
          .requiredByPolicy()
          .queryable()
          .build();

  /** {@code ingress} to the router's networks or {@code egress} from them. */
  public static final Attribute<String> DIRECTION =
      Attribute.string("direction")
          .requiredOnCreate()
          .validate(Validators.values("ingress", "egress"))
          .queryable()
          .build();

  /** Whether the traffic is left out instead of counted. */
  public static final Attribute<Boolean> EXCLUDED =
      Attribute.bool("excluded").onCreate(false).queryable().build();

  /** The far end of the traffic; older than the two below and not to be mixed with them. */
  public static final Attribute<String> REMOTE_IP_PREFIX = prefix("remote_ip_prefix").build();

  /** Where the traffic comes from (alias metering_source_and_destination_fields). */
  public static final Attribute<String> SOURCE_IP_PREFIX =
      prefix("source_ip_prefix").onUpdate().build();

  /** Where the traffic goes (alias metering_source_and_destination_fields). */
  public static final Attribute<String> DESTINATION_IP_PREFIX =
      prefix("destination_ip_prefix").onUpdate().build();

  /** A rule belongs to whom its label belongs to; the project is for the policy of creating it. */
  private static final Attribute<String> PROJECT_ID = project("project_id");

  private static final Attribute<String> TENANT_ID = project("tenant_id");

  /** The rule. */
  public static final ResourceType TYPE =
      new ResourceType(
          "metering_label_rule",
          "metering_label_rules",
          "metering/metering-label-rules",
          "metering_label_rules",
          "Metering label rule",
          "MeteringLabelRuleNotFound",
          List.of(
              Standard.ID, LABEL_ID, DIRECTION, REMOTE_IP_PREFIX, EXCLUDED, PROJECT_ID, TENANT_ID));

  private MeteringLabelRules() {}

  private static Attribute.Builder<String> prefix(String name) {
    return Attribute.string(name).onCreate(null).queryable();
  }

  private static Attribute<String> project(String name) {
    return Attribute.input(name, ValueType.STRING)
        .onCreate(Resource.UNSET)
        .validate(Validators.string(255))
        .requiredByPolicy()
        .build();
  }
}
