package org.midonet.neutron.securitygroup;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.midonet.neutron.error.NeutronException;
import org.midonet.neutron.rbac.Sharing;
import org.midonet.neutron.resource.Attribute;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.resource.Standard;
import org.midonet.neutron.resource.Validator;
import org.midonet.neutron.resource.Validators;
import org.midonet.neutron.resource.ValueType;

/** The security group (API reference, "Security groups"); stateless. */
public final class SecurityGroups {
  /** The name that only the default group has. */
  static final String DEFAULT = "default";

  /** The name; {@code default} in any letter case is taken. */
  public static final Attribute<String> NAME =
      Attribute.string("name").onCreate("").onUpdate().validate(notDefault()).queryable().build();

  /** Whether replies to what is allowed are allowed (alias stateful-security-group). */
  public static final Attribute<Boolean> STATEFUL =
      Attribute.bool("stateful").onCreate(true).onUpdate().filterable().sortable().build();

  /** The rules, whole. */
  public static final Attribute<List<Map<String, Object>>> RULES =
      Attribute.derived("security_group_rules", ValueType.OBJECTS).build();

  /** Whether the caller's project may use it though it does not own it. */
  public static final Attribute<Boolean> SHARED =
      Attribute.derived("shared", ValueType.BOOLEAN)
          .requiredByPolicy()
          .filterable(Sharing.filter("security_group"))
          .build();

  /** The security group. */
  public static final ResourceType TYPE =
      ResourceType.of(
          "security_group",
          "security_groups",
          "Security group",
          List.of(
              Standard.ID,
              NAME,
              Standard.TENANT_ID,
              RULES,
              Standard.PROJECT_ID,
              Standard.DESCRIPTION,
              Standard.REVISION_NUMBER,
              Standard.CREATED_AT,
              Standard.UPDATED_AT));

  private SecurityGroups() {}

  private static Validator notDefault() {
    Validator text = Validators.string(255);
    return value -> {
      String problem = text.validate(value);
      if (problem == null && String.valueOf(value).toLowerCase(Locale.ROOT).equals(DEFAULT)) {
        throw NeutronException.conflict(
            "SecurityGroupDefaultAlreadyExists", "Default security group already exists.");
      }
      return problem;
    };
  }
}
