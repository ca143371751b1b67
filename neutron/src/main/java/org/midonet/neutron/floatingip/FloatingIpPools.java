package org.midonet.neutron.floatingip;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.midonet.neutron.network.Networks;
import org.midonet.neutron.resource.Attribute;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.resource.Standard;
import org.midonet.neutron.resource.ValueType;
import org.midonet.neutron.service.ListQuery;
import org.midonet.neutron.service.ResourceService;
import org.midonet.neutron.service.Session;
import org.midonet.neutron.service.Tables;
import org.midonet.neutron.subnet.Subnets;

/** The subnets that floating IPs may come from (alias floatingip-pools), read-only; stateless. */
final class FloatingIpPools implements ResourceService {
  private static final Attribute<String> SUBNET_ID =
      Attribute.derived("subnet_id", ValueType.STRING).queryable().build();
  private static final Attribute<String> SUBNET_NAME =
      Attribute.derived("subnet_name", ValueType.STRING).queryable().build();
  private static final Attribute<String> NETWORK_ID =
      Attribute.derived("network_id", ValueType.STRING).queryable().build();
  private static final Attribute<String> CIDR =
      Attribute.derived("cidr", ValueType.STRING).queryable().build();

  static final ResourceType TYPE =
      ResourceType.of(
              "floatingip_pool",
              "floatingip_pools",
              "Floating IP pool",
              List.of(
                  SUBNET_ID,
                  SUBNET_NAME,
                  Standard.TENANT_ID,
                  NETWORK_ID,
                  CIDR,
                  Standard.PROJECT_ID))
          .at("floatingip_pools");

  @Override
  public ResourceType type() {
    return TYPE;
  }

  @Override
  public Optional<Resource> find(Session session, String id) {
    return Optional.empty();
  }

  @Override
  public void list(Session session, ListQuery query, Consumer<List<Resource>> parts) {
    List<Resource> pools = new ArrayList<>();
    ListQuery external = ListQuery.where(Tables.bool(Networks.EXTERNAL).eq(true));
    for (Resource network : session.list(Networks.TYPE, external)) {
      for (Resource subnet :
          session.tables().list(Subnets.TYPE, Tables.text(Subnets.NETWORK_ID).eq(network.id()))) {
        if (subnet.get(Subnets.IP_VERSION) == 4) {
          pools.add(pool(session, subnet));
        }
      }
    }
    parts.accept(pools.stream().filter(query::matches).toList());
  }

  /** As in Neutron, a pool is shown as the asking project's own. */
  private static Resource pool(Session session, Resource subnet) {
    return Resource.builder(session.definition(TYPE))
        .set(SUBNET_ID, subnet.id())
        .set(SUBNET_NAME, subnet.raw(Standard.NAME))
        .set(NETWORK_ID, subnet.raw(Subnets.NETWORK_ID))
        .set(CIDR, subnet.raw(Subnets.CIDR))
        .set(Standard.TENANT_ID, session.context().projectId())
        .set(Standard.PROJECT_ID, session.context().projectId())
        .build();
  }
}
