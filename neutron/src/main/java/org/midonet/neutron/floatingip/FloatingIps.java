package org.midonet.neutron.floatingip;

import java.util.List;
import java.util.Map;
import org.midonet.neutron.resource.AddressValidators;
import org.midonet.neutron.resource.Attribute;
import org.midonet.neutron.resource.Converters;
import org.midonet.neutron.resource.DnsValidators;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.resource.Standard;
import org.midonet.neutron.resource.Validators;
import org.midonet.neutron.resource.ValueType;
import org.midonet.packets.IpAddress;

/**
 * The floating IP and the attributes that extensions give it (API reference, "Floating IPs");
 * stateless.
 */
public final class FloatingIps {
  /** Owner of a port that holds a floating IP's address. */
  public static final String OWNER = "network:floatingip";

  /** The external network. */
  public static final Attribute<String> NETWORK_ID =
      Attribute.string("floating_network_id")
          .requiredOnCreate()
          .validate(Validators::uuid)
          .queryable()
          .build();

  /** The address there. */
  public static final Attribute<IpAddress> ADDRESS =
      Attribute.of("floating_ip_address", ValueType.IP)
          .onCreate(Resource.UNSET)
          .validate(Validators.orNone(AddressValidators::ipAddress))
          .enforcePolicy()
          .queryable()
          .build();

  /** The subnet to take the address from. */
  public static final Attribute<String> SUBNET_ID =
      Attribute.input("subnet_id", ValueType.STRING)
          .onCreate(Resource.UNSET)
          .validate(Validators.orNone(Validators::uuid))
          .build();

  /** The port that holds the address. */
  public static final Attribute<String> FLOATING_PORT_ID =
      Attribute.string("floating_port_id").hidden().build();

  /** The router it goes through. */
  public static final Attribute<String> ROUTER_ID =
      Attribute.string("router_id").queryable().build();

  /** The port it leads to. */
  public static final Attribute<String> PORT_ID =
      Attribute.string("port_id")
          .onCreate(null)
          .onUpdate()
          .validate(Validators.orNone(Validators::uuid))
          .queryable()
          .build();

  /** The address of that port. */
  public static final Attribute<String> FIXED_IP_ADDRESS =
      Attribute.string("fixed_ip_address")
          .onCreate(null)
          .onUpdate()
          .validate(Validators.orNone(AddressValidators::ipAddress))
          .queryable()
          .build();

  /** The host name (alias dns-integration). */
  public static final Attribute<String> DNS_NAME =
      Attribute.string("dns_name")
          .onCreate("")
          .validate(DnsValidators::floatingIpDnsName)
          .convert(Converters::toLowerCase)
          .build();

  /** The domain of the host name (alias dns-integration). */
  public static final Attribute<String> DNS_DOMAIN =
      Attribute.string("dns_domain")
          .onCreate("")
          .validate(DnsValidators::dnsDomain)
          .convert(Converters::toLowerCase)
          .build();

  /** What the port it leads to is (alias fip-port-details). */
  public static final Attribute<Map<String, Object>> PORT_DETAILS =
      Attribute.derived("port_details", ValueType.OBJECT).build();

  /** The floating IP. */
  public static final ResourceType TYPE =
      ResourceType.of(
              "floatingip",
              "floatingips",
              "Floating IP",
              List.of(
                  Standard.ID,
                  Standard.TENANT_ID,
                  ADDRESS,
                  NETWORK_ID,
                  SUBNET_ID,
                  FLOATING_PORT_ID,
                  ROUTER_ID,
                  PORT_ID,
                  FIXED_IP_ADDRESS,
                  Standard.STATUS,
                  Standard.PROJECT_ID,
                  Standard.DESCRIPTION,
                  Standard.REVISION_NUMBER,
                  Standard.CREATED_AT,
                  Standard.UPDATED_AT))
          .missing("FloatingIPNotFound");

  private FloatingIps() {}
}
