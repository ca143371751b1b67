package org.midonet.cluster.core;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.midonet.cluster.api.Answers;
import org.midonet.cluster.api.ApiException;
import org.midonet.cluster.api.Call;
import org.midonet.cluster.api.Endpoint;
import org.midonet.cluster.api.Media;
import org.midonet.neutron.http.Response;
import org.midonet.nsdb.Operation;
import org.midonet.packets.Cidr;
import org.midonet.packets.Mac;
import org.midonet.topology.Dhcp;
import org.midonet.topology.DhcpBuilder;
import org.midonet.topology.DhcpHost;
import org.midonet.topology.DhcpHostBuilder;
import org.midonet.topology.Ids;
import org.midonet.topology.ObjectType;
import org.midonet.topology.References;

/** The DHCP subnets of bridges, named by their prefixes, and their hosts; stateless. */
final class DhcpEndpoints {
  private static final List<String> SUBNET = Media.orJson(Media.item("DhcpSubnet", 2));
  private static final List<String> SUBNETS = Media.orJson(Media.list("DhcpSubnet", 2));
  private static final List<String> HOST = Media.orJson(Media.item("DhcpHost", 2));
  private static final List<String> HOSTS = Media.orJson(Media.list("DhcpHost", 2));

  private DhcpEndpoints() {}

  static List<Endpoint> of(Store store) {
    return List.of(
        Endpoint.core("/bridges/{id}/dhcp")
            .get(SUBNETS, call -> subnets(store.view(call.links()), bridgeId(call)))
            .post(SUBNET, call -> create(store, call)),
        Endpoint.core("/bridges/{id}/dhcp/{subnet}")
            .get(SUBNET, call -> read(store, call, view -> show(view, need(view, call))))
            .put(SUBNET, call -> replace(store, call))
            .delete(call -> delete(store, call)),
        Endpoint.core("/bridges/{id}/dhcp/{subnet}/hosts")
            .get(HOSTS, call -> read(store, call, view -> hosts(view, need(view, call))))
            .post(HOST, call -> createHost(store, call)),
        Endpoint.core("/bridges/{id}/dhcp/{subnet}/hosts/{mac}")
            .get(HOST, call -> read(store, call, view -> host(view, call)))
            .put(HOST, call -> replaceHost(store, call))
            .delete(call -> deleteHost(store, call)));
  }

  private static <R> R read(Store store, Call call, Function<View, R> what) {
    return what.apply(store.view(call.links()));
  }

  private static UUID bridgeId(Call call) {
    return call.id("id", ObjectType.BRIDGE.name());
  }

  private static List<Dhcp> ofBridge(View view, UUID bridgeId) {
    view.need(ObjectType.BRIDGE, bridgeId);
    return view.linked(References.BRIDGE_DHCPS, bridgeId, ObjectType.DHCP);
  }

  private static @Nullable Dhcp find(View view, UUID bridgeId, Cidr subnet) {
    return ofBridge(view, bridgeId).stream()
        .filter(dhcp -> dhcp.subnet().equals(subnet))
        .findFirst()
        .orElse(null);
  }

  private static Dhcp need(View view, Call call) {
    Cidr subnet = DhcpSubnets.parseKey(call.path("subnet"));
    Dhcp dhcp = find(view, bridgeId(call), subnet);
    if (dhcp == null) {
      throw new ApiException(
          404, "There is no DHCP subnet " + subnet + " on bridge " + call.path("id") + ".");
    }
    return dhcp;
  }

  private static Map<String, @Nullable Object> show(View view, Dhcp dhcp) {
    return DhcpSubnets.SUBNET.show(dhcp, view);
  }

  private static List<Map<String, @Nullable Object>> subnets(View view, UUID bridgeId) {
    return ofBridge(view, bridgeId).stream().map(dhcp -> show(view, dhcp)).toList();
  }

  private static Response create(Store store, Call call) {
    UUID bridgeId = bridgeId(call);
    DhcpBuilder builder = DhcpSubnets.on(bridgeId);
    DhcpSubnets.SUBNET.fill(call.object(), builder);
    Dhcp dhcp = builder.build();
    store.write(
        call.links(),
        view -> {
          if (find(view, bridgeId, dhcp.subnet()) != null) {
            throw ApiException.conflict(
                "The specified DHCP subnet(" + dhcp.subnet() + ") already exists on this bridge.");
          }
          return List.of(new Operation.Create(dhcp));
        });
    return Answers.created(call.links().to(DhcpSubnets.path(dhcp)));
  }

  private static Response replace(Store store, Call call) {
    Map<String, @Nullable Object> json = call.object();
    store.write(
        call.links(),
        view -> {
          Dhcp before = need(view, call);
          DhcpBuilder builder = DhcpBuilder.builder(before);
          DhcpSubnets.SUBNET.fill(json, builder);
          return List.of(new Operation.Update(builder.subnet(before.subnet()).build()));
        });
    return Answers.noContent();
  }

  private static Response delete(Store store, Call call) {
    store.write(
        call.links(),
        view -> {
          Dhcp dhcp = need(view, call);
          return List.of(new Operation.Delete(ObjectType.DHCP, dhcp.id()));
        });
    return Answers.noContent();
  }

  private static List<DhcpHost> hostsOf(View view, Dhcp dhcp) {
    return view.linked(References.DHCP_HOSTS, dhcp.id(), ObjectType.DHCP_HOST).stream()
        .sorted(Comparator.comparing(DhcpHost::mac).thenComparing(DhcpHost::address))
        .toList();
  }

  private static List<Map<String, @Nullable Object>> hosts(View view, Dhcp dhcp) {
    return hostsOf(view, dhcp).stream().map(host -> DhcpSubnets.show(dhcp, host, view)).toList();
  }

  private static List<DhcpHost> withMac(View view, Dhcp dhcp, Call call) {
    Mac mac = Mac.tryParse(call.path("mac")).orElse(null);
    List<DhcpHost> hosts =
        hostsOf(view, dhcp).stream().filter(host -> host.mac().equals(mac)).toList();
    if (hosts.isEmpty()) {
      throw new ApiException(
          404, "There is no host " + call.path("mac") + " in DHCP subnet " + dhcp.subnet() + ".");
    }
    return hosts;
  }

  private static Map<String, @Nullable Object> host(View view, Call call) {
    Dhcp dhcp = need(view, call);
    return DhcpSubnets.show(dhcp, withMac(view, dhcp, call).getFirst(), view);
  }

  private static DhcpHost host(Dhcp dhcp, Map<String, @Nullable Object> json) {
    DhcpHostBuilder builder = DhcpHostBuilder.builder().dhcpId(dhcp.id());
    DhcpSubnets.HOST.fill(json, builder);
    return builder.id(Ids.dhcpHost(dhcp.id(), builder.mac(), builder.address())).build();
  }

  private static Response createHost(Store store, Call call) {
    Map<String, @Nullable Object> json = call.object();
    Dhcp known = need(store.view(call.links()), call);
    DhcpHost host = host(known, json);
    store.write(
        call.links(),
        view -> {
          Dhcp dhcp = need(view, call);
          if (hostsOf(view, dhcp).stream().anyMatch(other -> other.mac().equals(host.mac()))) {
            throw ApiException.conflict(
                "Host " + host.mac() + " already is in DHCP subnet " + dhcp.subnet() + ".");
          }
          return List.of(new Operation.Create(host(dhcp, json)));
        });
    return Answers.created(call.links().to(DhcpSubnets.path(known) + "/hosts/" + host.mac()));
  }

  /** The address is part of the host's identity in the store, so that a change makes a new one. */
  private static Response replaceHost(Store store, Call call) {
    Map<String, @Nullable Object> json = call.object();
    store.write(
        call.links(),
        view -> {
          Dhcp dhcp = need(view, call);
          DhcpHost before = withMac(view, dhcp, call).getFirst();
          DhcpHost after = host(dhcp, json);
          return before.id().equals(after.id())
              ? List.of(new Operation.Update(after))
              : List.of(
                  new Operation.Delete(ObjectType.DHCP_HOST, before.id()),
                  new Operation.Create(after));
        });
    return Answers.noContent();
  }

  private static Response deleteHost(Store store, Call call) {
    store.write(
        call.links(),
        view ->
            withMac(view, need(view, call), call).stream()
                .<Operation>map(host -> new Operation.Delete(ObjectType.DHCP_HOST, host.id()))
                .toList());
    return Answers.noContent();
  }
}
