package org.midonet.neutron.subnet;

import java.util.List;
import java.util.Map;
import org.midonet.neutron.network.Networks;
import org.midonet.neutron.resource.AddressValidators;
import org.midonet.neutron.resource.Attribute;
import org.midonet.neutron.resource.Converters;
import org.midonet.neutron.resource.ListValidators;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.resource.Standard;
import org.midonet.neutron.resource.Validators;
import org.midonet.neutron.resource.ValueType;
import org.midonet.packets.Cidr;
import org.midonet.packets.IpAddress;

/**
 * The subnet resource and the attributes that extensions give it (API reference, "Subnets");
 * stateless.
 */
public final class Subnets {
  /** The network it is on. */
  public static final Attribute<String> NETWORK_ID =
      Attribute.string("network_id")
          .requiredOnCreate()
          .validate(Validators::uuid)
          .requiredByPolicy()
          .queryable()
          .build();

  /** 4 or 6. */
  public static final Attribute<Long> IP_VERSION =
      Attribute.integer("ip_version")
          .requiredOnCreate()
          .validate(Validators.values(4L, 6L))
          .convert(Converters::toInt)
          .queryable()
          .build();

  /**
   * The pool its prefix is from, null for none; {@code prefix_delegation} asks for a delegated
   * prefix.
   */
  public static final Attribute<String> SUBNETPOOL_ID =
      Attribute.string("subnetpool_id")
          .onCreate(Resource.UNSET)
          .validate(Validators::subnetpoolId)
          .queryable()
          .build();

  /** Whether DHCP serves it. */
  public static final Attribute<Boolean> ENABLE_DHCP =
      Attribute.bool("enable_dhcp").onCreate(true).onUpdate().queryable().build();

  /** How routers announce it: slaac, dhcpv6-stateful or dhcpv6-stateless; null for not at all. */
  public static final Attribute<String> IPV6_RA_MODE =
      Attribute.string("ipv6_ra_mode")
          .onCreate(Resource.UNSET)
          .validate(Validators.values("dhcpv6-stateful", "dhcpv6-stateless", "slaac"))
          .queryable()
          .build();

  /**
   * How machines get their addresses: slaac, dhcpv6-stateful or dhcpv6-stateless; null if not by
   * this network's means.
   */
  public static final Attribute<String> IPV6_ADDRESS_MODE =
      Attribute.string("ipv6_address_mode")
          .onCreate(Resource.UNSET)
          .validate(Validators.values("dhcpv6-stateful", "dhcpv6-stateless", "slaac"))
          .queryable()
          .build();

  /** The gateway, null for none; the first address if the request gives none. */
  public static final Attribute<IpAddress> GATEWAY_IP =
      Attribute.of("gateway_ip", ValueType.IP)
          .onCreate(Resource.UNSET)
          .onUpdate()
          .validate(Validators.orNone(AddressValidators::ipAddress))
          .convert(Converters::canonicalIp)
          .queryable()
          .build();

  /** The prefix. */
  public static final Attribute<Cidr> CIDR =
      Attribute.of("cidr", ValueType.CIDR)
          .onCreate(Resource.UNSET)
          .validate(Validators.orNone(AddressValidators::subnet))
          .convert(Converters::canonicalCidr)
          .queryable()
          .build();

  /** The ranges from which addresses are chosen; all but the gateway if the request gives none. */
  public static final Attribute<List<Map<String, Object>>> ALLOCATION_POOLS =
      Attribute.of("allocation_pools", ValueType.OBJECTS)
          .onCreate(Resource.UNSET)
          .onUpdate()
          .validate(ListValidators::ipPools)
          .build();

  /** Routes that DHCP tells machines of. */
  public static final Attribute<List<Map<String, Object>>> HOST_ROUTES =
      Attribute.of("host_routes", ValueType.OBJECTS)
          .onCreate(List.of())
          .onUpdate()
          .validate(ListValidators::hostRoutes)
          .convert(Converters::noneToEmptyList)
          .build();

  /** Name servers that DHCP tells machines of. */
  public static final Attribute<List<String>> DNS_NAMESERVERS =
      Attribute.of("dns_nameservers", ValueType.STRINGS)
          .onCreate(List.of())
          .onUpdate()
          .validate(ListValidators::nameservers)
          .convert(Converters::noneToEmptyList)
          .build();

  /** The length of the prefix to take from a pool. */
  public static final Attribute<Long> PREFIXLEN =
      Attribute.input("prefixlen", ValueType.INTEGER)
          .onCreate(Resource.UNSET)
          .validate(Validators::nonNegative)
          .convert(Converters::toInt)
          .build();

  /** Whether the caller's project may use the network it is on though it does not own it. */
  public static final Attribute<Boolean> SHARED =
      Attribute.derived("shared", ValueType.BOOLEAN)
          .hidden()
          .requiredByPolicy()
          .enforcePolicy()
          .filterable(SubnetFilters.shared())
          .build();

  /** The device owners it is reserved for (alias subnet-service-types). */
  public static final Attribute<List<String>> SERVICE_TYPES =
      Attribute.of("service_types", ValueType.STRINGS)
          .onCreate(List.of())
          .onUpdate()
          .validate(ListValidators::subnetServiceTypes)
          .build();

  /**
   * Whether names of addresses in it are published though they are fixed ones (alias
   * subnet-dns-publish-fixed-ip).
   */
  public static final Attribute<Boolean> DNS_PUBLISH_FIXED_IP =
      Attribute.bool("dns_publish_fixed_ip").onCreate(false).onUpdate().queryable().build();

  /** Whether to take the prefix from the default pool (alias default-subnetpools). */
  public static final Attribute<Boolean> USE_DEFAULT_SUBNETPOOL =
      Attribute.input("use_default_subnetpool", ValueType.BOOLEAN)
          .onCreate(false)
          .convert(Converters::toBoolean)
          .build();

  /** Filters by whether the network is an external one. */
  public static final Attribute<Boolean> EXTERNAL =
      Attribute.derived(Networks.EXTERNAL.name(), ValueType.BOOLEAN)
          .hidden()
          .filterable(SubnetFilters.external())
          .build();

  /** The subnet. */
  public static final ResourceType TYPE =
      ResourceType.of(
          "subnet",
          "subnets",
          "Subnet",
          List.of(
              Standard.ID,
              Standard.NAME,
              Standard.TENANT_ID,
              NETWORK_ID,
              IP_VERSION,
              SUBNETPOOL_ID,
              ENABLE_DHCP,
              IPV6_RA_MODE,
              IPV6_ADDRESS_MODE,
              GATEWAY_IP,
              CIDR,
              ALLOCATION_POOLS,
              HOST_ROUTES,
              DNS_NAMESERVERS,
              PREFIXLEN,
              SHARED,
              EXTERNAL,
              Standard.DESCRIPTION,
              Standard.REVISION_NUMBER,
              Standard.CREATED_AT,
              Standard.UPDATED_AT,
              Standard.PROJECT_ID));

  private Subnets() {}
}
