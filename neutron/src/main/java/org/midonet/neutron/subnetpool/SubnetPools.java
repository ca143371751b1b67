package org.midonet.neutron.subnetpool;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.rbac.Sharing;
import org.midonet.neutron.resource.Attribute;
import org.midonet.neutron.resource.Converters;
import org.midonet.neutron.resource.ListValidators;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.resource.Standard;
import org.midonet.neutron.resource.Validators;
import org.midonet.neutron.resource.ValueType;
import org.midonet.neutron.service.ListQuery;
import org.midonet.neutron.service.Session;
import org.midonet.neutron.service.Tables;
import org.midonet.packets.Cidr;

/** The subnet pool resource (API reference, "Subnet pools"); stateless. */
public final class SubnetPools {
  /** The name; a pool must have one. */
  public static final Attribute<String> NAME =
      Attribute.string("name")
          .requiredOnCreate()
          .onUpdate()
          .validate(Validators.notEmptyString(255))
          .queryable()
          .build();

  /** 4 or 6, from the prefixes. */
  public static final Attribute<Long> IP_VERSION =
      Attribute.integer("ip_version").queryable().build();

  /** What subnets are taken from. */
  public static final Attribute<List<String>> PREFIXES =
      Attribute.of("prefixes", ValueType.STRINGS)
          .requiredOnCreate()
          .onUpdate()
          .validate(ListValidators::subnetList)
          .build();

  /**
   * The length of a subnet that asks for none; a number that answers show as text, as Neutron's do.
   */
  public static final Attribute<String> DEFAULT_PREFIXLEN = length("default_prefixlen");

  /** The shortest prefix a subnet may have. */
  public static final Attribute<String> MIN_PREFIXLEN = length("min_prefixlen");

  /** The longest prefix a subnet may have. */
  public static final Attribute<String> MAX_PREFIXLEN = length("max_prefixlen");

  /** How much a project may take: in IPv4 addresses, in IPv6 /64 prefixes; null for any amount. */
  public static final Attribute<Long> DEFAULT_QUOTA =
      Attribute.integer("default_quota")
          .onCreate(Resource.UNSET)
          .onUpdate()
          .validate(Validators::nonNegative)
          .convert(Converters::toInt)
          .queryable()
          .build();

  /** Whether it serves subnets that ask for the default pool; one of each IP version does. */
  public static final Attribute<Boolean> IS_DEFAULT =
      Attribute.bool("is_default")
          .onCreate(false)
          .onUpdate()
          .enforcePolicy()
          .requiredByPolicy()
          .queryable()
          .build();

  /** Whether the caller's project may use it though it does not own it. */
  public static final Attribute<Boolean> SHARED =
      Attribute.derived("shared", ValueType.BOOLEAN)
          .onCreate(false)
          .convert(Converters::toBoolean)
          .enforcePolicy()
          .requiredByPolicy()
          .filterable(Sharing.filter("subnetpool"))
          .build();

  /** The scope in which its prefixes are unique, null for none (alias address-scope). */
  public static final Attribute<String> ADDRESS_SCOPE_ID =
      Attribute.string("address_scope_id")
          .onCreate(Resource.UNSET)
          .onUpdate()
          .validate(Validators.orNone(Validators::uuid))
          .queryable()
          .build();

  /** The subnet pool. */
  public static final ResourceType TYPE =
      new ResourceType(
          "subnetpool",
          "subnetpools",
          "subnetpools",
          "subnetpools",
          "Subnet pool",
          "SubnetPoolNotFound",
          List.of(
              Standard.ID,
              NAME,
              Standard.TENANT_ID,
              DEFAULT_PREFIXLEN,
              MIN_PREFIXLEN,
              MAX_PREFIXLEN,
              IS_DEFAULT,
              SHARED,
              PREFIXES,
              IP_VERSION,
              DEFAULT_QUOTA,
              Standard.DESCRIPTION,
              Standard.REVISION_NUMBER,
              Standard.CREATED_AT,
              Standard.UPDATED_AT,
              Standard.PROJECT_ID));

  private SubnetPools() {}

  private static Attribute<String> length(String name) {
    return Attribute.string(name)
        .onCreate(Resource.UNSET)
        .onUpdate()
        .validate(Validators::nonNegative)
        .convert(SubnetPools::toText)
        .queryable()
        .build();
  }

  private static @Nullable Object toText(@Nullable Object raw) {
    return String.valueOf(Converters.toInt(raw));
  }

  /** A length attribute as a number. */
  public static long length(Resource pool, Attribute<String> attribute) {
    return Long.parseLong(pool.get(attribute));
  }

  /** The default pool of an IP version that the context may see. */
  public static Optional<Resource> defaultPool(Session session, long version) {
    return session
        .list(
            TYPE,
            ListQuery.where(
                Tables.bool(IS_DEFAULT).isTrue().and(Tables.column(IP_VERSION).eq(version))))
        .stream()
        .findFirst();
  }

  /** The prefixes as values. */
  static List<Cidr> prefixes(List<String> raw) {
    return raw.stream().map(Cidr::parse).toList();
  }
}
