package org.midonet.neutron.port;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.midonet.neutron.extension.Extension;
import org.midonet.neutron.network.Networks;
import org.midonet.neutron.resource.Attribute;
import org.midonet.neutron.resource.Converters;
import org.midonet.neutron.resource.DnsValidators;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.resource.ValueType;
import org.midonet.neutron.service.Hook;
import org.midonet.neutron.service.Session;

/**
 * Extensions {@code dns-integration} and {@code dns-domain-ports} on ports: names for addresses.
 * Stateless.
 */
public final class PortDns implements Hook {
  /** The host name of the port. */
  public static final Attribute<String> DNS_NAME =
      Attribute.string("dns_name")
          .onCreate("")
          .onUpdate()
          .validate(DnsValidators.dnsName("openstacklocal"))
          .convert(Converters::toLowerCase)
          .filterable()
          .build();

  /** The domain of the port, over the network's. */
  public static final Attribute<String> DNS_DOMAIN =
      Attribute.string("dns_domain")
          .onCreate("")
          .onUpdate()
          .validate(DnsValidators::dnsDomain)
          .convert(Converters::toLowerCase)
          .filterable()
          .build();

  /** The names that each address has: ip_address, hostname and fqdn each. */
  public static final Attribute<List<Map<String, Object>>> DNS_ASSIGNMENT =
      Attribute.derived("dns_assignment", ValueType.OBJECTS).build();

  static final List<Extension> EXTENSIONS =
      List.of(
          Extension.of("dns-integration")
              .adding(Networks.TYPE, Networks.DNS_DOMAIN)
              .adding(Ports.TYPE, DNS_NAME, DNS_ASSIGNMENT),
          Extension.of("dns-domain-ports").adding(Ports.TYPE, DNS_DOMAIN));

  private final String domain;

  /**
   * Names hosts in a domain.
   *
   * @param domain [DEFAULT] dns_domain, with or without the final dot
   */
  PortDns(String domain) {
    this.domain = domain.isEmpty() || domain.endsWith(".") ? domain : domain + ".";
  }

  @Override
  public Set<ResourceType> types() {
    return Set.of(Ports.TYPE);
  }

  @Override
  public void derive(Session session, List<Resource.Builder> rows) {
    if (session.definition(Ports.TYPE).has(DNS_ASSIGNMENT)) {
      rows.forEach(row -> row.set(DNS_ASSIGNMENT, assignment(row)));
    }
  }

  private List<Map<String, Object>> assignment(Resource.Builder port) {
    String name = port.raw(DNS_NAME) instanceof String s ? s : "";
    List<Map<String, Object>> assignment = new ArrayList<>();
    if (port.raw(Ports.FIXED_IPS) instanceof List<?> addresses) {
      for (Object address : addresses) {
        assignment.add(entry(name, String.valueOf(((Map<?, ?>) address).get("ip_address"))));
      }
    }
    return assignment;
  }

  private Map<String, Object> entry(String name, String address) {
    String host = name.isEmpty() ? "host-" + address.replace('.', '-').replace(':', '-') : name;
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("ip_address", address);
    entry.put("hostname", host);
    entry.put("fqdn", host.endsWith(".") ? host : host + "." + domain);
    return entry;
  }
}
