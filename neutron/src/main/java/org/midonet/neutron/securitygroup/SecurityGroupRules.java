package org.midonet.neutron.securitygroup;

import java.util.List;
import org.midonet.neutron.resource.Attribute;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.resource.SecurityGroupConverters;
import org.midonet.neutron.resource.Standard;
import org.midonet.neutron.resource.Validators;
import org.midonet.neutron.resource.ValueType;

/** The security group rule (API reference, "Security group rules"); stateless. */
public final class SecurityGroupRules {
  /** The group it is part of. */
  public static final Attribute<String> GROUP_ID =
      Attribute.string("security_group_id")
          .requiredOnCreate()
          .validate(Validators.string(36))
          .requiredByPolicy()
          .queryable()
          .build();

  /** The group whose ports it is about. */
  public static final Attribute<String> REMOTE_GROUP_ID =
      Attribute.string("remote_group_id").onCreate(null).queryable().build();

  /** {@code ingress} to the port or {@code egress} from it. */
  public static final Attribute<String> DIRECTION =
      Attribute.string("direction")
          .requiredOnCreate()
          .validate(Validators.values("ingress", "egress"))
          .queryable()
          .build();

  /** An IP protocol's name or number, null for any. */
  public static final Attribute<String> PROTOCOL =
      Attribute.string("protocol")
          .onCreate(null)
          .convert(SecurityGroupConverters::protocol)
          .queryable()
          .build();

  /** The first port, or the ICMP type. */
  public static final Attribute<Long> PORT_RANGE_MIN =
      Attribute.integer("port_range_min")
          .onCreate(null)
          .convert(SecurityGroupConverters::port)
          .queryable()
          .build();

  /** The last port, or the ICMP code. */
  public static final Attribute<Long> PORT_RANGE_MAX =
      Attribute.integer("port_range_max")
          .onCreate(null)
          .convert(SecurityGroupConverters::port)
          .queryable()
          .build();

  /** {@code IPv4} or {@code IPv6}. */
  public static final Attribute<String> ETHERTYPE =
      Attribute.string("ethertype")
          .onCreate("IPv4")
          .convert(SecurityGroupConverters::ethertype)
          .queryable()
          .build();

  /** The addresses it is about. */
  public static final Attribute<String> REMOTE_IP_PREFIX =
      Attribute.string("remote_ip_prefix")
          .onCreate(null)
          .convert(SecurityGroupConverters::remoteIpPrefix)
          .queryable()
          .build();

  /** The same without host bits (alias security-groups-normalized-cidr). */
  public static final Attribute<String> NORMALIZED_CIDR =
      Attribute.derived("normalized_cidr", ValueType.STRING).build();

  /** The rule. */
  public static final ResourceType TYPE =
      ResourceType.of(
          "security_group_rule",
          "security_group_rules",
          "Security group rule",
          List.of(
              Standard.ID,
              Standard.TENANT_ID,
              GROUP_ID,
              ETHERTYPE,
              DIRECTION,
              PROTOCOL,
              PORT_RANGE_MIN,
              PORT_RANGE_MAX,
              REMOTE_IP_PREFIX,
              REMOTE_GROUP_ID,
              Standard.PROJECT_ID,
              Standard.DESCRIPTION,
              Standard.REVISION_NUMBER,
              Standard.CREATED_AT,
              Standard.UPDATED_AT));

  private SecurityGroupRules() {}
}
