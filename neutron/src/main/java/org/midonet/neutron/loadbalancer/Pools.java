package org.midonet.neutron.loadbalancer;

import java.util.List;
import java.util.Map;
import org.midonet.neutron.resource.Attribute;
import org.midonet.neutron.resource.Converters;
import org.midonet.neutron.resource.ListValidators;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.resource.Standard;
import org.midonet.neutron.resource.Validators;
import org.midonet.neutron.resource.ValueType;

/** The pool (plugin specification C.6); stateless. */
public final class Pools {
  /** Where its members are. */
  public static final Attribute<String> SUBNET_ID =
      Attribute.string("subnet_id")
          .requiredOnCreate()
          .validate(Validators::uuid)
          .queryable()
          .build();

  /** The VIP before it, null for none. */
  public static final Attribute<String> VIP_ID =
      Attribute.derived("vip_id", ValueType.STRING).build();

  /** Who balances, by its name in {@code [service_providers]}. */
  public static final Attribute<String> PROVIDER =
      Attribute.string("provider")
          .onCreate(Resource.UNSET)
          .validate(Validators::string)
          .queryable()
          .build();

  /** How a member is chosen. */
  public static final Attribute<String> LB_METHOD =
      Attribute.string("lb_method")
          .requiredOnCreate()
          .onUpdate()
          .validate(Validators.values("ROUND_ROBIN", "LEAST_CONNECTIONS", "SOURCE_IP"))
          .queryable()
          .build();

  /** The ids of its members. */
  public static final Attribute<List<String>> MEMBERS =
      Attribute.derived("members", ValueType.STRINGS).build();

  /** The ids of the monitors that watch its members. */
  public static final Attribute<List<String>> HEALTH_MONITORS =
      Attribute.derived("health_monitors", ValueType.STRINGS)
          .onCreate(null)
          .onUpdate()
          .convert(Converters::toList)
          .validate(ListValidators::uuidList)
          .build();

  /** What became of telling the backend of each of these monitors. */
  public static final Attribute<List<Map<String, Object>>> HEALTH_MONITORS_STATUS =
      Attribute.derived("health_monitors_status", ValueType.OBJECTS).build();

  /** The router that balances for it, kept for the backend; requests neither give nor see it. */
  public static final Attribute<String> ROUTER_ID = Attribute.string("router_id").hidden().build();

  /** The pool. */
  public static final ResourceType TYPE =
      new ResourceType(
          "pool",
          "pools",
          "lb/pools",
          "pools",
          "Pool",
          "PoolNotFound",
          List.of(
              Standard.ID,
              Standard.TENANT_ID,
              Standard.PROJECT_ID,
              VIP_ID,
              Standard.NAME,
              Standard.DESCRIPTION,
              SUBNET_ID,
              Balancing.PROTOCOL,
              PROVIDER,
              LB_METHOD,
              MEMBERS,
              HEALTH_MONITORS,
              HEALTH_MONITORS_STATUS,
              Standard.ADMIN_STATE_UP,
              Standard.STATUS,
              Balancing.STATUS_DESCRIPTION,
              ROUTER_ID));

  private Pools() {}
}
