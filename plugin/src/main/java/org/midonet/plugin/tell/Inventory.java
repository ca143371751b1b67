package org.midonet.plugin.tell;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.port.Ports;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceDefinition;
import org.midonet.neutron.service.Session;
import org.midonet.plugin.client.MidonetCall;
import org.midonet.plugin.client.MidonetPayload;
import org.midonet.plugin.client.MidonetResource;
import org.midonet.plugin.firewall.FirewallCalls;
import org.midonet.plugin.loadbalancer.BalancingCalls;

/**
 * All that an empty MidoNet must be told to know what the database knows. Pure functions, safe to
 * share between threads.
 */
public final class Inventory {

  private static final String ROUTES = "routes";

  private Inventory() {}

  /**
   * The calls in an order in which nothing refers to what comes later: a router's extra routes, for
   * one, follow its interfaces.
   *
   * @param session of an administrator
   * @param mixed whether networks may be somebody else's, as under ML2; those are left out
   */
  public static List<MidonetCall> of(Session session, boolean mixed) {
    List<Resource> networks =
        rows(session, "network")
            .filter(network -> !mixed || MidonetNetworks.isMidonets(network))
            .toList();
    Set<Object> known = networks.stream().map(Resource::id).collect(Collectors.toSet());
    List<Resource> ports = on(known, session, "port");
    List<Map<String, @Nullable Object>> routers =
        rows(session, "router").map(row -> Calls.body(MidonetResource.ROUTER, row)).toList();

    List<MidonetCall> calls = new ArrayList<>();
    create(MidonetResource.AGENT_MEMBERSHIP, rows(session, "agent_membership"), calls);
    create(MidonetResource.SECURITY_GROUP, rows(session, "security_group"), calls);
    create(MidonetResource.NETWORK, networks.stream(), calls);
    create(MidonetResource.SUBNET, on(known, session, "subnet").stream(), calls);
    create(MidonetResource.PORT, ports.stream(), calls);
    routers.forEach(router ->
        calls.add(new MidonetCall.Create(MidonetResource.ROUTER, without(ROUTES, router))));
    ports.stream()
        .filter(port -> "network:router_interface".equals(port.find(Ports.DEVICE_OWNER)))
        .map(Inventory::attached)
        .forEach(calls::add);
    routers.stream()
        .filter(router -> router.get(ROUTES) instanceof List<?> routes && !routes.isEmpty())
        .forEach(router -> calls.add(new MidonetCall.Update(MidonetResource.ROUTER, router)));
    create(MidonetResource.FLOATING_IP, rows(session, "floatingip"), calls);
    rows(session, "firewall")
        .filter(FirewallCalls::isOnRouters)
        .map(FirewallCalls::create)
        .forEach(calls::add);
    if (session.catalog().find("vip").isPresent()) {
      calls.addAll(BalancingCalls.everything(session));
    }
    return calls;
  }

  private static void create(
      MidonetResource resource, Stream<Resource> rows, List<MidonetCall> calls) {
    rows.map(row -> new MidonetCall.Create(resource, Calls.body(resource, row)))
        .forEach(calls::add);
  }

  private static List<Resource> on(Set<Object> networks, Session session, String type) {
    return rows(session, type).filter(row -> networks.contains(row.raw("network_id"))).toList();
  }

  private static Stream<Resource> rows(Session session, String type) {
    return session
        .catalog()
        .find(type)
        .map(ResourceDefinition::type)
        .map(known -> session.list(known, DSL.noCondition()).stream())
        .orElseGet(Stream::of);
  }

  private static Map<String, @Nullable Object> without(
      String name, Map<String, @Nullable Object> body) {
    Map<String, @Nullable Object> rest = new LinkedHashMap<>(body);
    rest.computeIfPresent(name, (key, value) -> List.of());
    return rest;
  }

  private static MidonetCall attached(Resource port) {
    List<String> subnets =
        port.get(Ports.FIXED_IPS, List.of()).stream()
            .map(address -> String.valueOf(address.get("subnet_id")))
            .distinct()
            .toList();
    return new MidonetCall.AddRouterInterface(
        MidonetPayload.routerInterface(
            port.get(Ports.DEVICE_ID, ""), port.projectId(), port.id(), subnets));
  }
}
