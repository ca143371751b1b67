package org.midonet.neutron.loadbalancer;

import java.util.List;
import java.util.Map;
import org.midonet.neutron.resource.AddressValidators;
import org.midonet.neutron.resource.Attribute;
import org.midonet.neutron.resource.Converters;
import org.midonet.neutron.resource.DictSpec;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.resource.Standard;
import org.midonet.neutron.resource.Validators;
import org.midonet.neutron.resource.ValueType;

/** The VIP, the address and port that clients see (plugin specification C.6); stateless. */
public final class Vips {
  private static final long NO_LIMIT = -1;
  private static final long MAX_INT = Integer.MAX_VALUE;

  public static final Attribute<String> SUBNET_ID =
      Attribute.string("subnet_id")
          .requiredOnCreate()
          .validate(Validators::uuid)
          .queryable()
          .build();

  /** Any address of the subnet if the request names none. */
  public static final Attribute<String> ADDRESS =
      Attribute.string("address")
          .onCreate(Resource.UNSET)
          .validate(Validators.orNone(AddressValidators::ipAddress))
          .queryable()
          .build();

  /** The port that holds the address. */
  public static final Attribute<String> PORT_ID = Attribute.string("port_id").queryable().build();

  /** The pool behind it. */
  public static final Attribute<String> POOL_ID =
      Attribute.string("pool_id")
          .requiredOnCreate()
          .onUpdate()
          .validate(Validators::uuid)
          .queryable()
          .build();

  /**
   * How connections of one client find the same member: {@code type} is SOURCE_IP, HTTP_COOKIE or
   * APP_COOKIE, the last with {@code cookie_name}; null for not at all.
   */
  public static final Attribute<Map<String, Object>> SESSION_PERSISTENCE =
      Attribute.of("session_persistence", ValueType.OBJECT)
          .onCreate(Map.of())
          .onUpdate()
          .convert(Converters::noneToEmptyDict)
          .validate(
              DictSpec.any()
                  .required("type", Validators.values("APP_COOKIE", "HTTP_COOKIE", "SOURCE_IP"))
                  .optional("cookie_name", Validators.string(1024))
                  .orNoData())
          .build();

  /** Most connections at a time; -1 for no limit. */
  public static final Attribute<Long> CONNECTION_LIMIT =
      Attribute.integer("connection_limit")
          .onCreate(NO_LIMIT)
          .onUpdate()
          .convert(Converters::toInt)
          .validate(Validators.range(NO_LIMIT, MAX_INT))
          .queryable()
          .build();

  /** The VIP. */
  public static final ResourceType TYPE =
      new ResourceType(
          "vip",
          "vips",
          "lb/vips",
          "vips",
          "Vip",
          "VipNotFound",
          List.of(
              Standard.ID,
              Standard.TENANT_ID,
              Standard.PROJECT_ID,
              Standard.NAME,
              Standard.DESCRIPTION,
              SUBNET_ID,
              ADDRESS,
              PORT_ID,
              Balancing.PROTOCOL_PORT,
              Balancing.PROTOCOL,
              POOL_ID,
              SESSION_PERSISTENCE,
              CONNECTION_LIMIT,
              Standard.ADMIN_STATE_UP,
              Standard.STATUS,
              Balancing.STATUS_DESCRIPTION));

  private Vips() {}
}
