package org.midonet.neutron.autoallocate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.midonet.neutron.error.NeutronException;
import org.midonet.neutron.network.Networks;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.Standard;
import org.midonet.neutron.service.Session;
import org.midonet.neutron.service.Tables;
import org.midonet.neutron.subnet.Subnets;
import org.midonet.neutron.subnetpool.SubnetPools;

/**
 * Makes, finds and removes the auto-allocated topology of a project, all of it in one transaction;
 * safe to share.
 */
final class AutoAllocation {
  private static final Table<?> TOPOLOGIES = DSL.table(DSL.name("auto_allocated_topologies"));
  private static final Field<String> PROJECT = column("project_id");
  private static final Field<String> NETWORK = column("network_id");
  private static final Field<String> ROUTER = column("router_id");

  private final Uplink uplink;

  AutoAllocation(Uplink uplink) {
    this.uplink = uplink;
  }

  /** Refuses with 409 AutoAllocationFailure if the deployment lacks what a topology needs. */
  void checkRequirements(Session session) {
    externalNetwork(session);
    if (defaultPools(session).isEmpty()) {
      throw failure("No default subnetpools defined");
    }
  }

  /** The identifier of the project's auto-allocated network, made if it is not there. */
  String get(Session session, String projectId) {
    Optional<Record> present = find(session, projectId);
    if (present.isPresent()) {
      return present.get().get(NETWORK);
    }
    Resource external = externalNetwork(session);
    Resource network = createNetwork(session, projectId);
    List<Resource> subnets = createSubnets(session, projectId, network);
    String router =
        uplink.connect(session, projectId, "auto_allocated_router", external.id(), subnets);
    session
        .transaction()
        .dsl()
        .insertInto(TOPOLOGIES)
        .columns(PROJECT, NETWORK, ROUTER)
        .values(projectId, network.id(), router)
        .execute();
    session.update(
        session.elevated().get(Networks.TYPE, network.id()),
        session.changes(Networks.TYPE).set(Standard.ADMIN_STATE_UP, true).build());
    return network.id();
  }

  /** Removes the project's topology, if there is one. */
  void delete(Session session, String projectId) {
    find(session, projectId)
        .ifPresent(topology -> {
          Session elevated = session.elevated();
          String network = topology.get(NETWORK);
          List<Resource> subnets =
              elevated.list(Subnets.TYPE, Tables.text(Subnets.NETWORK_ID).eq(network));
          uplink.disconnect(elevated, topology.get(ROUTER), subnets);
          elevated.find(Networks.TYPE, network).ifPresent(elevated::delete);
          session.transaction().dsl().deleteFrom(TOPOLOGIES).where(PROJECT.eq(projectId)).execute();
        });
  }

  private static Optional<Record> find(Session session, String projectId) {
    Record topology =
        session
            .transaction()
            .dsl()
            .select(NETWORK, ROUTER)
            .from(TOPOLOGIES)
            .where(PROJECT.eq(projectId))
            .fetchOne();
    return Optional.ofNullable(topology);
  }

  private static Resource createNetwork(Session session, String projectId) {
    return session.create(
        Networks.TYPE,
        session
            .draft(Networks.TYPE)
            .set(Standard.PROJECT_ID, projectId)
            .set(Standard.NAME, "auto_allocated_network")
            .set(Standard.ADMIN_STATE_UP, false)
            .build());
  }

  private static List<Resource> createSubnets(Session session, String projectId, Resource network) {
    List<Resource> subnets = new ArrayList<>();
    for (Resource pool : defaultPools(session)) {
      Long version = pool.get(SubnetPools.IP_VERSION);
      subnets.add(
          session.create(
              Subnets.TYPE,
              session
                  .draft(Subnets.TYPE)
                  .set(Standard.PROJECT_ID, projectId)
                  .set(Standard.NAME, "auto_allocated_subnet_v" + version)
                  .set(Subnets.NETWORK_ID, network.id())
                  .set(Subnets.IP_VERSION, version)
                  .set(Subnets.SUBNETPOOL_ID, pool.id())
                  .build()));
    }
    if (subnets.isEmpty()) {
      throw failure("Unable to provide tenant private network");
    }
    return subnets;
  }

  private static List<Resource> defaultPools(Session session) {
    List<Resource> pools = new ArrayList<>();
    SubnetPools.defaultPool(session, 4).ifPresent(pools::add);
    SubnetPools.defaultPool(session, 6).ifPresent(pools::add);
    return pools;
  }

  private static Resource externalNetwork(Session session) {
    return DefaultExternalNetwork.find(session, DSL.noCondition())
        .orElseThrow(() -> failure("No default router:external network"));
  }

  private static NeutronException failure(String reason) {
    return NeutronException.conflict("AutoAllocationFailure", "Deployment error: " + reason + ".");
  }

  private static Field<String> column(String name) {
    return DSL.field(DSL.name(name), SQLDataType.VARCHAR);
  }
}
