package org.midonet.neutron.network;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.error.NeutronException;
import org.midonet.neutron.rbac.Sharing;
import org.midonet.neutron.resource.Attribute;
import org.midonet.neutron.resource.Converters;
import org.midonet.neutron.resource.DnsValidators;
import org.midonet.neutron.resource.ListValidators;
import org.midonet.neutron.resource.PythonFormat;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.resource.Standard;
import org.midonet.neutron.resource.Validators;
import org.midonet.neutron.resource.ValueType;

/**
 * The network resource and the attributes that extensions give it (API reference, "Networks");
 * stateless.
 */
public final class Networks {
  /** The MTU of the network (alias net-mtu). */
  public static final Attribute<Long> MTU =
      Attribute.integer("mtu")
          .onCreate(0L)
          .onUpdate()
          .validate(Validators::nonNegative)
          .convert(Networks::number)
          .queryable()
          .build();

  /** The identifiers of its subnets; kept by the subnets' service. */
  public static final Attribute<List<String>> SUBNETS =
      Attribute.of("subnets", ValueType.STRINGS).build();

  /** Whether the caller's project may use it though it does not own it. */
  public static final Attribute<Boolean> SHARED =
      Attribute.derived("shared", ValueType.BOOLEAN)
          .onCreate(false)
          .onUpdate()
          .convert(Converters::toBoolean)
          .enforcePolicy()
          .requiredByPolicy()
          .filterable(Sharing.filter("network"))
          .build();

  /** Whether routers may use it as gateway (alias external-net). */
  public static final Attribute<Boolean> EXTERNAL =
      Attribute.bool("router:external")
          .onCreate(false)
          .onUpdate()
          .enforcePolicy()
          .requiredByPolicy()
          .filterable()
          .build();

  /** Whether auto-allocated topologies use it (alias auto-allocated-topology). */
  public static final Attribute<Boolean> IS_DEFAULT =
      Attribute.bool("is_default").onCreate(false).onUpdate().enforcePolicy().filterable().build();

  /** Where its DHCP service should run (alias network_availability_zone). */
  public static final Attribute<List<String>> AVAILABILITY_ZONE_HINTS =
      Attribute.of("availability_zone_hints", ValueType.STRINGS)
          .onCreate(List.of())
          .validate(ListValidators::availabilityZoneHints)
          .build();

  /** Where its DHCP service runs. */
  public static final Attribute<List<String>> AVAILABILITY_ZONES =
      Attribute.derived("availability_zones", ValueType.STRINGS).build();

  /** Whether its ports have anti-spoofing and security groups by default (alias port-security). */
  public static final Attribute<Boolean> PORT_SECURITY_ENABLED =
      Attribute.bool("port_security_enabled")
          .onCreate(true)
          .onUpdate()
          .unwritten(true)
          .enforcePolicy()
          .filterable()
          .build();

  /** The domain of its ports' names (alias dns-integration). */
  public static final Attribute<String> DNS_DOMAIN =
      Attribute.string("dns_domain")
          .onCreate("")
          .onUpdate()
          .validate(DnsValidators::dnsDomain)
          .convert(Converters::toLowerCase)
          .filterable()
          .build();

  /** How the network is built (alias provider). */
  public static final Attribute<String> NETWORK_TYPE =
      Attribute.string("provider:network_type")
          .onCreate(Resource.UNSET)
          .onUpdate()
          .validate(Validators.string(32))
          .enforcePolicy()
          .queryable()
          .build();

  /** On which physical network (alias provider). */
  public static final Attribute<String> PHYSICAL_NETWORK =
      Attribute.string("provider:physical_network")
          .onCreate(Resource.UNSET)
          .onUpdate()
          .validate(Validators.string(64))
          .enforcePolicy()
          .queryable()
          .build();

  /** By which VLAN or tunnel number (alias provider). */
  public static final Attribute<Long> SEGMENTATION_ID =
      Attribute.integer("provider:segmentation_id")
          .onCreate(Resource.UNSET)
          .onUpdate()
          .convert(Networks::number)
          .enforcePolicy()
          .queryable()
          .build();

  /** The segments it consists of; of use in requests only (alias multi-provider). */
  public static final Attribute<List<Map<String, Object>>> SEGMENTS =
      Attribute.input("segments", ValueType.OBJECTS)
          .onCreate(Resource.UNSET)
          .onUpdate()
          .validate(Networks::segments)
          .enforcePolicy()
          .build();

  /** The network. */
  public static final ResourceType TYPE =
      ResourceType.of(
          "network",
          "networks",
          "Network",
          List.of(
              Standard.ID,
              Standard.NAME,
              Standard.TENANT_ID,
              Standard.ADMIN_STATE_UP,
              Standard.STATUS,
              SUBNETS,
              SHARED,
              Standard.PROJECT_ID,
              Standard.DESCRIPTION,
              Standard.REVISION_NUMBER,
              Standard.CREATED_AT,
              Standard.UPDATED_AT));

  /** What a provider attribute is, for answers of those who may see it. */
  static final List<Attribute<?>> PROVIDER =
      List.of(NETWORK_TYPE, PHYSICAL_NETWORK, SEGMENTATION_ID);

  private Networks() {}

  /** No number of a network is beyond 64 bits. */
  static Object number(@Nullable Object value) {
    if (Converters.toInt(value) instanceof Long number) {
      return number;
    }
    throw NeutronException.invalidInput(value + " is too big");
  }

  private static @Nullable String segments(@Nullable Object value) {
    if (!(value instanceof List<?> list)) {
      return "'" + PythonFormat.str(value) + "' is not a list";
    }
    Set<String> known = PROVIDER.stream().map(Attribute::name).collect(Collectors.toSet());
    for (Object item : list) {
      if (!(item instanceof Map<?, ?> segment)) {
        return "'" + PythonFormat.str(item) + "' is not a dictionary";
      }
      for (Object key : segment.keySet()) {
        if (!known.contains(String.valueOf(key))) {
          throw NeutronException.badRequest("Unrecognized attribute(s) '" + key + "'");
        }
      }
    }
    return null;
  }
}
