package org.midonet.neutron.subnetpool;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.api.Bodies;
import org.midonet.neutron.api.Call;
import org.midonet.neutron.api.Core;
import org.midonet.neutron.api.Routes;
import org.midonet.neutron.error.NeutronException;
import org.midonet.neutron.http.Response;
import org.midonet.neutron.network.Networks;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.service.Session;
import org.midonet.neutron.service.Tables;
import org.midonet.neutron.subnet.Subnets;
import org.midonet.packets.Cidr;
import org.midonet.packets.IpSet;

/**
 * PUT of {@code add_prefixes}, {@code remove_prefixes} (alias subnetpool-prefix-ops) and {@code
 * onboard_network_subnets} (alias subnet_onboard) on a subnet pool; safe to share.
 */
final class PrefixOperations {
  private final Core core;

  PrefixOperations(Core core) {
    this.core = core;
  }

  void register(Routes routes) {
    String pool = "/v2.0/subnetpools/{id}/";
    if (core.catalog().has("subnetpool-prefix-ops")) {
      routes.add("PUT", pool + "add_prefixes", this::add);
      routes.add("PUT", pool + "remove_prefixes", this::remove);
    }
    if (core.catalog().has("subnet_onboard")) {
      routes.add("PUT", pool + "onboard_network_subnets", this::onboard);
    }
  }

  private Response add(Call call) {
    List<String> given = prefixes(call);
    return write(
        call,
        "add_prefixes",
        (session, pool) -> {
          List<String> all = new ArrayList<>(pool.get(SubnetPools.PREFIXES));
          all.addAll(given);
          return shown(update(session, pool, all));
        });
  }

  private Response remove(Call call) {
    IpSet given = IpSet.ofCidrs(SubnetPools.prefixes(prefixes(call)));
    return write(
        call,
        "remove_prefixes",
        (session, pool) -> {
          IpSet present = PrefixAllocation.prefixes(pool);
          if (present.intersect(given).isEmpty()) {
            return shown(pool);
          }
          PoolLock.lock(session, pool.id());
          IpSet taken =
              PrefixAllocation.taken(
                  session.tables().list(Subnets.TYPE, PrefixAllocation.from(pool.id())));
          if (!taken.intersect(given).isEmpty()) {
            throw SubnetPoolErrors.prefixUpdate(
                "One or more the prefixes to be removed is in use by a subnet.");
          }
          List<String> left = present.subtract(given).cidrs().stream().map(Cidr::toString).toList();
          return shown(
              session.store(
                  pool, session.changes(SubnetPools.TYPE).set(SubnetPools.PREFIXES, left).build()));
        });
  }

  private Response onboard(Call call) {
    Object network = Bodies.object(call.request().body()).get("network_id");
    if (!(network instanceof String networkId)) {
      throw NeutronException.invalidInput("network_id must be specified.");
    }
    return write(
        call, "onboard_network_subnets", (session, pool) -> onboard(session, pool, networkId));
  }

  private static List<Map<String, Object>> onboard(
      Session session, Resource pool, String networkId) {
    Resource network = session.get(Networks.TYPE, networkId);
    if (!session.context().isAdmin()
        && !network.projectId().equals(session.context().projectId())) {
      throw new NeutronException(403, "NotAuthorized", "Not authorized.");
    }
    PoolLock.lock(session, pool.id());
    IpSet taken =
        PrefixAllocation.taken(
            session.tables().list(Subnets.TYPE, PrefixAllocation.from(pool.id())));
    long version = pool.get(SubnetPools.IP_VERSION);
    List<Resource> subnets =
        session.list(
            Subnets.TYPE,
            Tables.text(Subnets.NETWORK_ID)
                .eq(networkId)
                .and(Tables.column(Subnets.IP_VERSION).eq(version)));
    List<String> prefixes = new ArrayList<>(pool.get(SubnetPools.PREFIXES));
    for (Resource subnet : subnets) {
      Cidr cidr = subnet.get(Subnets.CIDR);
      if (taken.overlaps(cidr.range())) {
        throw SubnetPoolErrors.update(
            "Onboarding subnet "
                + subnet.id()
                + ": "
                + cidr
                + " conflicts with allocated prefixes in subnet pool "
                + pool.id());
      }
      prefixes.add(cidr.toString());
    }
    update(session, pool, prefixes);
    List<Map<String, Object>> onboarded = new ArrayList<>();
    for (Resource subnet : subnets) {
      session.store(
          subnet, session.changes(Subnets.TYPE).set(Subnets.SUBNETPOOL_ID, pool.id()).build());
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("id", subnet.id());
      entry.put("cidr", subnet.get(Subnets.CIDR).toString());
      onboarded.add(entry);
    }
    return onboarded;
  }

  private static Resource update(Session session, Resource pool, List<String> prefixes) {
    return session.update(
        pool, session.changes(SubnetPools.TYPE).set(SubnetPools.PREFIXES, prefixes).build());
  }

  private static Map<String, Object> shown(Resource pool) {
    return Map.of("prefixes", pool.get(SubnetPools.PREFIXES));
  }

  private static List<String> prefixes(Call call) {
    Object raw = Bodies.object(call.request().body()).get("prefixes");
    if (!(raw instanceof List<?> list) || list.isEmpty()) {
      throw NeutronException.badRequest("Request body contains invalid data");
    }
    List<String> prefixes = new ArrayList<>();
    for (@Nullable Object item : list) {
      if (!(item instanceof String text) || Cidr.tryParse(text).isEmpty()) {
        throw NeutronException.invalidInput("'" + item + "' is not a valid IP subnet");
      }
      prefixes.add(text);
    }
    return prefixes;
  }

  /** What an operation does with the pool; returns the body of the answer. */
  @FunctionalInterface
  private interface Operation {
    Object apply(Session session, Resource pool);
  }

  private Response write(Call call, String action, Operation operation) {
    return core.sessions()
        .write(
            call.context(),
            session -> {
              Resource pool = session.get(SubnetPools.TYPE, call.variable("id"));
              core.authorizer().enforce(session, action, pool);
              return Response.json(200, operation.apply(session, pool));
            });
  }
}
