package org.midonet.neutron.ipavailability;

import java.util.List;
import java.util.Map;
import org.midonet.neutron.resource.Attribute;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.resource.ValueType;

/**
 * The network IP availability resource (alias network-ip-availability); read-only, computed.
 * Stateless.
 */
final class IpAvailabilities {
  static final Attribute<String> NETWORK_ID = Attribute.string("network_id").queryable().build();

  static final Attribute<String> NETWORK_NAME =
      Attribute.string("network_name").filterable().build();

  static final Attribute<String> TENANT_ID =
      Attribute.string("tenant_id").requiredByPolicy().filterable().build();

  static final Attribute<String> PROJECT_ID =
      Attribute.string("project_id").requiredByPolicy().filterable().build();

  static final Attribute<List<Map<String, Object>>> SUBNETS =
      Attribute.derived("subnet_ip_availability", ValueType.OBJECTS).build();

  /** IPv6 networks have more than 2^63 addresses, so the raw value may be a BigInteger. */
  static final Attribute<Number> USED_IPS =
      Attribute.derived("used_ips", ValueType.json(o -> (Number) o)).build();

  static final Attribute<Number> TOTAL_IPS =
      Attribute.derived("total_ips", ValueType.json(o -> (Number) o)).build();

  /** Narrows the subnets that are counted; not shown. */
  static final Attribute<Long> IP_VERSION =
      Attribute.integer("ip_version").hidden().filterable().build();

  static final ResourceType TYPE =
      new ResourceType(
          "network_ip_availability",
          "network_ip_availabilities",
          "network-ip-availabilities",
          "",
          "Network",
          "NetworkNotFound",
          List.of(
              NETWORK_ID,
              NETWORK_NAME,
              TENANT_ID,
              PROJECT_ID,
              SUBNETS,
              USED_IPS,
              TOTAL_IPS,
              IP_VERSION));

  private IpAvailabilities() {}
}
