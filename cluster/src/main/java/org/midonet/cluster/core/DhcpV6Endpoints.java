package org.midonet.cluster.core;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.cluster.api.Answers;
import org.midonet.cluster.api.ApiException;
import org.midonet.cluster.api.Call;
import org.midonet.cluster.api.Endpoint;
import org.midonet.cluster.api.Media;
import org.midonet.cluster.api.Violation;
import org.midonet.neutron.http.Response;
import org.midonet.nsdb.Operation;
import org.midonet.packets.Cidr;
import org.midonet.packets.IpAddress;
import org.midonet.topology.DhcpV6;
import org.midonet.topology.DhcpV6Host;
import org.midonet.topology.ObjectType;
import org.midonet.topology.References;

/** The DHCPv6 subnets of bridges and their hosts; they are stored, but nobody serves DHCPv6. */
final class DhcpV6Endpoints {
  private static final List<String> SUBNET = Media.orJson(Media.item("DhcpV6Subnet", 1));
  private static final List<String> SUBNETS = Media.orJson(Media.list("DhcpV6Subnet", 1));
  private static final List<String> HOST = Media.orJson(Media.item("DhcpV6Host", 1));
  private static final List<String> HOSTS = Media.orJson(Media.list("DhcpV6Host", 1));

  private DhcpV6Endpoints() {}

  static List<Endpoint> of(Store store) {
    return List.of(
        Endpoint.core("/bridges/{id}/dhcpV6")
            .get(
                SUBNETS,
                call -> {
                  View view = store.view(call.links());
                  return ofBridge(view, call).stream().map(one -> show(one, view)).toList();
                })
            .post(SUBNET, call -> create(store, call)),
        Endpoint.core("/bridges/{id}/dhcpV6/{subnet}")
            .get(
                SUBNET,
                call -> {
                  View view = store.view(call.links());
                  return show(need(view, call), view);
                })
            .delete(call -> delete(store, call)),
        Endpoint.core("/bridges/{id}/dhcpV6/{subnet}/hostsV6")
            .get(
                HOSTS,
                call -> {
                  View view = store.view(call.links());
                  DhcpV6 subnet = need(view, call);
                  return subnet.hosts().stream().map(host -> show(subnet, host, view)).toList();
                })
            .post(HOST, call -> addHost(store, call)),
        Endpoint.core("/bridges/{id}/dhcpV6/{subnet}/hostsV6/{client}")
            .get(
                HOST,
                call -> {
                  View view = store.view(call.links());
                  DhcpV6 subnet = need(view, call);
                  return show(subnet, needHost(subnet, call.path("client")), view);
                })
            .delete(call -> removeHost(store, call)));
  }

  private static UUID bridgeId(Call call) {
    return call.id("id", ObjectType.BRIDGE.name());
  }

  private static List<DhcpV6> ofBridge(View view, Call call) {
    UUID bridgeId = view.need(ObjectType.BRIDGE, bridgeId(call)).id();
    return view.linked(References.BRIDGE_DHCPV6S, bridgeId, ObjectType.DHCP_V6);
  }

  private static DhcpV6 need(View view, Call call) {
    String key = call.path("subnet");
    Cidr wanted = Cidr.tryParse(key.replace('_', '/')).orElse(null);
    return ofBridge(view, call).stream()
        .filter(subnet -> subnet.subnet().equals(wanted))
        .findFirst()
        .orElseThrow(() -> new ApiException(404, "There is no DHCPv6 subnet " + key + "."));
  }

  private static String path(DhcpV6 subnet) {
    return "/bridges/" + subnet.bridgeId() + "/dhcpV6/" + DhcpSubnets.key(subnet.subnet());
  }

  private static Map<String, @Nullable Object> show(DhcpV6 subnet, View view) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("prefix", subnet.subnet().network().toString());
    json.put("prefixLength", subnet.subnet().prefixLength());
    json.put("hosts", view.links().to(path(subnet) + "/hostsV6"));
    json.put("uri", view.links().to(path(subnet)));
    return json;
  }

  private static Map<String, @Nullable Object> show(DhcpV6 subnet, DhcpV6Host host, View view) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("clientId", host.clientId());
    json.put("fixedAddress", host.address().toString());
    json.put("name", host.name());
    json.put("uri", view.links().to(path(subnet) + "/hostsV6/" + host.clientId()));
    return json;
  }

  private static Response create(Store store, Call call) {
    Map<String, @Nullable Object> json = call.object();
    Object raw = json.get("prefix");
    IpAddress address = raw == null ? null : Kind.IP.read(raw);
    if (address == null || address.version() != 6) {
      throw ApiException.invalid(
          List.of(
              new Violation(
                  "prefix", raw == null ? "may not be null" : "is an invalid IPv6 format")));
    }
    int length = Kind.intOrZero(json.get("prefixLength"));
    if (length < 0 || length > 128) {
      throw ApiException.invalid(
          List.of(new Violation("prefixLength", "must be less than or equal to 128")));
    }
    DhcpV6 subnet =
        new DhcpV6(UUID.randomUUID(), bridgeId(call), new Cidr(address, length), List.of());
    store.write(
        call.links(),
        view -> {
          if (ofBridge(view, call).stream()
              .anyMatch(other -> other.subnet().equals(subnet.subnet()))) {
            throw ApiException.conflict(
                "The specified DHCPv6 subnet("
                    + subnet.subnet()
                    + ") already exists on this bridge.");
          }
          return List.of(new Operation.Create(subnet));
        });
    return Answers.created(call.links().to(path(subnet)));
  }

  private static Response delete(Store store, Call call) {
    store.write(
        call.links(),
        view -> List.of(new Operation.Delete(ObjectType.DHCP_V6, need(view, call).id())));
    return Answers.noContent();
  }

  private static DhcpV6Host needHost(DhcpV6 subnet, String client) {
    return subnet.hosts().stream()
        .filter(host -> host.clientId().equals(client))
        .findFirst()
        .orElseThrow(() -> new ApiException(404, "There is no DHCPv6 host " + client + "."));
  }

  private static Response addHost(Store store, Call call) {
    Map<String, @Nullable Object> json = call.object();
    Object client = json.get("clientId");
    Object raw = json.get("fixedAddress");
    IpAddress address = raw == null ? null : Kind.IP.read(raw);
    if (!(client instanceof String clientId) || address == null) {
      throw ApiException.badRequest("clientId and fixedAddress, an address, are needed.");
    }
    DhcpV6Host host =
        new DhcpV6Host(clientId, address, json.get("name") instanceof String name ? name : null);
    store.write(
        call.links(),
        view -> {
          DhcpV6 subnet = need(view, call);
          List<DhcpV6Host> hosts = new ArrayList<>(subnet.hosts());
          if (hosts.stream().anyMatch(other -> other.clientId().equals(clientId))) {
            throw ApiException.conflict("Host " + clientId + " already is in this subnet.");
          }
          hosts.add(host);
          return List.of(new Operation.Update(subnet.withHosts(hosts)));
        });
    DhcpV6 subnet = need(store.view(call.links()), call);
    return Answers.created(call.links().to(path(subnet) + "/hostsV6/" + clientId));
  }

  private static Response removeHost(Store store, Call call) {
    store.write(
        call.links(),
        view -> {
          DhcpV6 subnet = need(view, call);
          DhcpV6Host gone = needHost(subnet, call.path("client"));
          List<DhcpV6Host> hosts = new ArrayList<>(subnet.hosts());
          hosts.remove(gone);
          return List.of(new Operation.Update(subnet.withHosts(hosts)));
        });
    return Answers.noContent();
  }
}
