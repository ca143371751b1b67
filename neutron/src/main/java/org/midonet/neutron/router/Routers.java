package org.midonet.neutron.router;

import java.util.List;
import java.util.Map;
import org.midonet.neutron.resource.Attribute;
import org.midonet.neutron.resource.Converters;
import org.midonet.neutron.resource.DictSpec;
import org.midonet.neutron.resource.ListValidators;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.resource.Standard;
import org.midonet.neutron.resource.Validator;
import org.midonet.neutron.resource.Validators;
import org.midonet.neutron.resource.ValueType;

/** The router and the attributes that extensions give it (API reference, "Routers"); stateless. */
public final class Routers {
  private static final DictSpec GATEWAY =
      DictSpec.any()
          .required("network_id", Validators::uuid)
          .optional("enable_snat", Converters::toBoolean, Validators::bool)
          .optional("external_fixed_ips", Converters::noneToEmptyList, ListValidators::fixedIps);

  private static final Validator GATEWAY_OR_NOTHING =
      value ->
          value == null || (value instanceof Map<?, ?> map && map.isEmpty())
              ? null
              : GATEWAY.validate(value);

  /**
   * The external network and the addresses there, null without a gateway; kept with the gateway
   * port.
   */
  public static final Attribute<Map<String, Object>> GATEWAY_INFO =
      Attribute.of("external_gateway_info", ValueType.OBJECT)
          .onCreate(null)
          .onUpdate()
          .validate(GATEWAY_OR_NOTHING)
          .convert(value ->
              value instanceof Map<?, ?> map && !map.isEmpty()
                  ? GATEWAY.converter().convert(value)
                  : null)
          .enforcePolicy("network_id", "enable_snat", "external_fixed_ips")
          .build();

  /** The port on the external network. */
  public static final Attribute<String> GATEWAY_PORT =
      Attribute.string("gw_port_id").hidden().build();

  /** Routes beyond those of the interfaces (alias extraroute): destination and nexthop each. */
  public static final Attribute<List<Map<String, Object>>> ROUTES =
      Attribute.of("routes", ValueType.OBJECTS)
          .onUpdate()
          .unwritten(List.of())
          .validate(ListValidators::hostRoutes)
          .convert(Converters::noneToEmptyList)
          .build();

  /** Where its agents should run (alias router_availability_zone). */
  public static final Attribute<List<String>> AVAILABILITY_ZONE_HINTS =
      Attribute.of("availability_zone_hints", ValueType.STRINGS)
          .onCreate(List.of())
          .validate(ListValidators::availabilityZoneHints)
          .build();

  /** Where its agents run. */
  public static final Attribute<List<String>> AVAILABILITY_ZONES =
      Attribute.derived("availability_zones", ValueType.STRINGS).build();

  /**
   * Whether it is forwarded on the hosts of its ports (alias dvr), null in a request for the
   * default; kept and shown, see {@link RouterModes}.
   */
  public static final Attribute<Boolean> DISTRIBUTED =
      Attribute.bool("distributed")
          .onCreate(Resource.UNSET)
          .onUpdate()
          .convert(Converters::toBooleanIfNotNone)
          .enforcePolicy()
          .build();

  /**
   * Whether it outlives the host that forwards for it (alias l3-ha), null in a request for the
   * default; kept and shown, see {@link RouterModes}.
   */
  public static final Attribute<Boolean> HA =
      Attribute.bool("ha")
          .onCreate(Resource.UNSET)
          .onUpdate()
          .convert(Converters::toBooleanIfNotNone)
          .enforcePolicy()
          .build();

  /** The router. */
  public static final ResourceType TYPE =
      ResourceType.of(
          "router",
          "routers",
          "Router",
          List.of(
              Standard.ID,
              Standard.NAME,
              Standard.TENANT_ID,
              Standard.ADMIN_STATE_UP,
              Standard.STATUS,
              GATEWAY_INFO,
              GATEWAY_PORT,
              Standard.PROJECT_ID,
              Standard.DESCRIPTION,
              Standard.REVISION_NUMBER,
              Standard.CREATED_AT,
              Standard.UPDATED_AT));

  /** Owner of a port that is a router's interface. */
  public static final String INTERFACE = "network:router_interface";

  /** Owner of a port that is a router's gateway. */
  public static final String GATEWAY_OWNER = "network:router_gateway";

  private Routers() {}

  /** The identifier of the gateway's network, empty without a gateway. */
  public static String gatewayNetwork(Resource router) {
    Map<String, Object> gateway = router.find(GATEWAY_INFO);
    return gateway == null ? "" : String.valueOf(gateway.get("network_id"));
  }
}
