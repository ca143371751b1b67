package org.midonet.neutron.port;

import java.util.List;
import java.util.Map;
import org.midonet.neutron.resource.AddressValidators;
import org.midonet.neutron.resource.Attribute;
import org.midonet.neutron.resource.Converters;
import org.midonet.neutron.resource.ListValidators;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.resource.Standard;
import org.midonet.neutron.resource.Validators;
import org.midonet.neutron.resource.ValueType;
import org.midonet.packets.Mac;

/** The port resource before extensions (API reference, "Ports"); stateless. */
public final class Ports {
  /** The network it is on. */
  public static final Attribute<String> NETWORK_ID =
      Attribute.string("network_id")
          .requiredOnCreate()
          .validate(Validators::uuid)
          .requiredByPolicy()
          .queryable()
          .build();

  /** Its link-layer address; made up when the request gives none. */
  public static final Attribute<Mac> MAC_ADDRESS =
      Attribute.of("mac_address", ValueType.MAC)
          .onCreate(Resource.UNSET)
          .onUpdate()
          .validate(Validators.orNone(AddressValidators::macAddress))
          .convert(Converters::canonicalMac)
          .enforcePolicy()
          .queryable()
          .build();

  /** Its addresses: subnet_id and ip_address each. */
  public static final Attribute<List<Map<String, Object>>> FIXED_IPS =
      Attribute.of("fixed_ips", ValueType.OBJECTS)
          .onCreate(Resource.UNSET)
          .onUpdate()
          .validate(ListValidators::fixedIps)
          .enforcePolicy("ip_address", "subnet_id")
          .filterable(FixedIpFilter.INSTANCE)
          .build();

  /** The machine or service it is for. */
  public static final Attribute<String> DEVICE_ID =
      Attribute.string("device_id")
          .onCreate("")
          .onUpdate()
          .validate(Validators.string(255))
          .queryable()
          .build();

  /** The kind of that machine or service, such as {@code compute:nova} or {@code network:dhcp}. */
  public static final Attribute<String> DEVICE_OWNER =
      Attribute.string("device_owner")
          .onCreate("")
          .onUpdate()
          .validate(Validators.string(255))
          .enforcePolicy()
          .queryable()
          .build();

  /** The port. */
  public static final ResourceType TYPE =
      ResourceType.of(
          "port",
          "ports",
          "Port",
          List.of(
              Standard.ID,
              Standard.NAME,
              NETWORK_ID,
              Standard.TENANT_ID,
              MAC_ADDRESS,
              Standard.ADMIN_STATE_UP,
              Standard.STATUS,
              DEVICE_ID,
              DEVICE_OWNER,
              FIXED_IPS,
              Standard.PROJECT_ID,
              Standard.DESCRIPTION,
              Standard.REVISION_NUMBER,
              Standard.CREATED_AT,
              Standard.UPDATED_AT));

  private Ports() {}
}
