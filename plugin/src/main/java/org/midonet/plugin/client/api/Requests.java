package org.midonet.plugin.client.api;

import java.net.URI;
import java.util.Map;
import org.midonet.plugin.client.MidonetCall;
import org.midonet.plugin.client.MidonetResource;

/**
 * The HTTP requests that calls become, by the links that MidoNet gives (spec section 2.1). Pure
 * functions, safe to share between threads.
 */
final class Requests {
  private static final String ROUTER_INTERFACE = "RouterInterface";
  private static final String POOL_MONITOR = "lb.PoolHealthMonitor";

  private Requests() {}

  static ApiRequest of(MidonetCall call, Links neutron) {
    return switch (call) {
      case MidonetCall.Create create ->
          ApiRequest.post(
              collection(neutron, create.resource()),
              mediaType(create.resource().mediaName()),
              Answers.json(create.body()));
      case MidonetCall.CreateAll create ->
          ApiRequest.post(
              collection(neutron, create.resource()),
              mediaType(create.resource().mediaName() + "s"),
              Answers.json(create.bodies()));
      case MidonetCall.Update update ->
          ApiRequest.put(
              item(neutron, update.resource(), update.id()),
              mediaType(update.resource().mediaName()),
              Answers.json(update.body()));
      case MidonetCall.Delete delete ->
          ApiRequest.delete(item(neutron, delete.resource(), delete.id()));
      case MidonetCall.AddRouterInterface add ->
          ApiRequest.put(
              neutron.item("add_router_interface_template", add.routerId()),
              mediaType(ROUTER_INTERFACE),
              Answers.json(add.body()));
      case MidonetCall.RemoveRouterInterface remove ->
          ApiRequest.put(
              neutron.item("remove_router_interface_template", remove.routerId()),
              mediaType(ROUTER_INTERFACE),
              Answers.json(remove.body()));
      case MidonetCall.AddPoolMonitor add ->
          ApiRequest.post(
              monitors(neutron, add.poolId(), ""),
              mediaType(POOL_MONITOR),
              Answers.json(Map.of("id", add.id())));
      case MidonetCall.RemovePoolMonitor remove ->
          ApiRequest.delete(monitors(neutron, remove.poolId(), "/" + remove.id()));
    };
  }

  /** MidoNet gives no link for these; its clients build it. */
  private static URI monitors(Links neutron, String pool, String rest) {
    return URI.create(item(neutron, MidonetResource.POOL, pool) + "/health_monitors" + rest);
  }

  private static URI collection(Links neutron, MidonetResource resource) {
    return links(neutron, resource).link(resource.singular() + "s");
  }

  private static URI item(Links neutron, MidonetResource resource, String id) {
    return links(neutron, resource).item(resource.singular() + "_template", id);
  }

  private static Links links(Links neutron, MidonetResource resource) {
    return resource.isOfLoadBalancing() ? neutron.part("load_balancer") : neutron;
  }

  private static String mediaType(String name) {
    return "application/vnd.org.midonet.neutron." + name + "-v1+json";
  }
}
