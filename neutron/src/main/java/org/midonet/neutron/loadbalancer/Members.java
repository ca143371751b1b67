package org.midonet.neutron.loadbalancer;

import java.util.List;
import org.midonet.neutron.resource.AddressValidators;
import org.midonet.neutron.resource.Attribute;
import org.midonet.neutron.resource.Converters;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.resource.Standard;
import org.midonet.neutron.resource.Validators;
import org.midonet.neutron.resource.ValueType;

/** The member of a pool, a server (plugin specification C.6); stateless. */
public final class Members {
  public static final Attribute<String> POOL_ID =
      Attribute.string("pool_id")
          .requiredOnCreate()
          .onUpdate()
          .validate(Validators::uuid)
          .queryable()
          .build();

  public static final Attribute<String> ADDRESS =
      Attribute.string("address")
          .requiredOnCreate()
          .validate(AddressValidators::ipAddress)
          .queryable()
          .build();

  /** Its share of the connections, from 0 for none to 256. */
  public static final Attribute<Long> WEIGHT =
      Attribute.integer("weight")
          .onCreate(1L)
          .onUpdate()
          .convert(Converters::toInt)
          .validate(Validators.range(0L, 256L))
          .queryable()
          .build();

  /** What monitors last said of it, kept for its status; requests neither give nor see it. */
  static final Attribute<Boolean> ALIVE = Attribute.of("alive", ValueType.BOOLEAN).hidden().build();

  /** The member. */
  public static final ResourceType TYPE =
      new ResourceType(
          "member",
          "members",
          "lb/members",
          "members",
          "Member",
          "MemberNotFound",
          List.of(
              Standard.ID,
              Standard.TENANT_ID,
              Standard.PROJECT_ID,
              POOL_ID,
              ADDRESS,
              Balancing.PROTOCOL_PORT,
              WEIGHT,
              Standard.ADMIN_STATE_UP,
              Standard.STATUS,
              Balancing.STATUS_DESCRIPTION,
              ALIVE));

  private Members() {}
}
