package org.midonet.neutron.rbac;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.error.NeutronException;
import org.midonet.neutron.resource.Attribute;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.resource.Standard;
import org.midonet.neutron.resource.Validators;

/** The RBAC policy (API reference, "RBAC Policies"): one entry as a resource; stateless. */
final class RbacPolicies {
  /** The types of object that can be shared. */
  static final Set<String> OBJECT_TYPES =
      Set.of("network", "security_group", "address_scope", "subnetpool");

  /** What kind of object is shared. */
  static final Attribute<String> OBJECT_TYPE =
      Attribute.string("object_type")
          .onCreate(null)
          .convert(RbacPolicies::objectType)
          .enforcePolicy()
          .queryable()
          .build();

  /** The shared object. */
  static final Attribute<String> OBJECT_ID =
      Attribute.string("object_id")
          .requiredOnCreate()
          .validate(Validators::uuid)
          .enforcePolicy()
          .queryable()
          .build();

  /** The project that may use it, or {@code *}. */
  static final Attribute<String> TARGET =
      Attribute.string("target_tenant")
          .column("target_project")
          .requiredOnCreate()
          .onUpdate()
          .validate(Validators.string(255))
          .enforcePolicy()
          .queryable()
          .build();

  /** As what the project may use it. */
  static final Attribute<String> ACTION =
      Attribute.string("action")
          .requiredOnCreate()
          .validate(Validators.string(255))
          .enforcePolicy()
          .queryable()
          .build();

  /** The RBAC policy. */
  static final ResourceType TYPE =
      new ResourceType(
          "rbac_policy",
          "rbac_policies",
          "rbac-policies",
          "rbac_entries",
          "RBAC policy",
          "RbacPolicyNotFound",
          List.of(
              Standard.ID,
              Standard.PROJECT_ID,
              OBJECT_ID,
              TARGET,
              ACTION,
              OBJECT_TYPE,
              Standard.TENANT_ID));

  private RbacPolicies() {}

  private static Object objectType(@Nullable Object value) {
    String normal = String.valueOf(value).strip().toLowerCase(Locale.ROOT);
    if (!OBJECT_TYPES.contains(normal)) {
      throw invalidType(String.valueOf(value));
    }
    return normal;
  }

  static NeutronException invalidType(String type) {
    return NeutronException.invalidInput("'" + type + "' is not a valid RBAC object type");
  }

  static NeutronException notFound(String id) {
    return new NeutronException(
        404, "RbacPolicyNotFound", "RBAC policy of type unknown with ID " + id + " not found");
  }

  static NeutronException duplicate() {
    return NeutronException.conflict(
        "DuplicateRbacPolicy", "An RBAC policy already exists with those values.");
  }

  static NeutronException inUse(String objectId, String details) {
    return NeutronException.conflict(
        "RbacPolicyInUse",
        "RBAC policy on object "
            + objectId
            + " cannot be removed because other objects depend on it.\nDetails: "
            + details);
  }
}
