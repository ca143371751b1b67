package org.midonet.neutron.addressscope;

import java.util.List;
import org.midonet.neutron.rbac.Sharing;
import org.midonet.neutron.resource.Attribute;
import org.midonet.neutron.resource.Converters;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.resource.Standard;
import org.midonet.neutron.resource.Validators;
import org.midonet.neutron.resource.ValueType;

/** The address scope resource (alias address-scope; API reference, "Address scopes"); stateless. */
public final class AddressScopes {
  /** 4 or 6. */
  public static final Attribute<Long> IP_VERSION =
      Attribute.integer("ip_version")
          .requiredOnCreate()
          .validate(Validators.values(4L, 6L))
          .convert(Converters::toInt)
          .queryable()
          .build();

  /** Whether the caller's project may use it though it does not own it. */
  public static final Attribute<Boolean> SHARED =
      Attribute.derived("shared", ValueType.BOOLEAN)
          .onCreate(false)
          .onUpdate()
          .convert(Converters::toBoolean)
          .enforcePolicy()
          .requiredByPolicy()
          .filterable(Sharing.filter("address_scope"))
          .build();

  /** The scope of a network's IPv4 subnets, null for none. */
  public static final Attribute<String> IPV4_ADDRESS_SCOPE =
      Attribute.derived("ipv4_address_scope", ValueType.STRING).build();

  /** The scope of a network's IPv6 subnets, null for none. */
  public static final Attribute<String> IPV6_ADDRESS_SCOPE =
      Attribute.derived("ipv6_address_scope", ValueType.STRING).build();

  /** The address scope. */
  public static final ResourceType TYPE =
      new ResourceType(
          "address_scope",
          "address_scopes",
          "address-scopes",
          "address_scopes",
          "Address scope",
          "AddressScopeNotFound",
          List.of(
              Standard.ID,
              Standard.PROJECT_ID,
              Standard.NAME,
              SHARED,
              IP_VERSION,
              Standard.TENANT_ID));

  private AddressScopes() {}
}
