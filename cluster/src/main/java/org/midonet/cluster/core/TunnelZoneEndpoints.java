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
import org.midonet.packets.Ipv4Address;
import org.midonet.topology.ObjectType;
import org.midonet.topology.TunnelZone;
import org.midonet.topology.TunnelZoneHost;

/** Tunnel zones and the hosts in them; stateless. */
final class TunnelZoneEndpoints {
  private static final String HOST_ID = "hostId";
  private static final String IP_ADDRESS = "ipAddress";
  private static final List<String> MEMBER =
      List.of(Media.item("TunnelZoneHost", 1), Media.item("GreTunnelZoneHost", 1), Media.JSON);
  private static final List<String> MEMBERS =
      List.of(Media.list("TunnelZoneHost", 1), Media.list("GreTunnelZoneHost", 1), Media.JSON);

  private TunnelZoneEndpoints() {}

  static List<Endpoint> of(Store store) {
    List<Endpoint> all =
        new ArrayList<>(
            new Crud<>(store, TunnelZones.RESOURCE)
                .collection(null, TunnelZoneEndpoints::create)
                .item()
                .put(TunnelZoneEndpoints::replace)
                .delete()
                .endpoints());
    all.add(
        Endpoint.core("/tunnel_zones/{id}/hosts")
            .get(
                MEMBERS,
                call -> {
                  View view = store.view(call.links());
                  TunnelZone zone = need(view, call);
                  return zone.hosts().stream().map(host -> show(zone, host, view)).toList();
                })
            .post(MEMBER, call -> join(store, call)));
    all.add(
        Endpoint.core("/tunnel_zones/{id}/hosts/{hostId}")
            .get(MEMBER, call -> member(store.view(call.links()), call))
            .delete(call -> leave(store, call)));
    return all;
  }

  private static List<Operation> create(
      TunnelZone zone, View view, Map<String, @Nullable Object> json) {
    requireUniqueName(zone, view);
    return List.of(new Operation.Create(zone));
  }

  private static List<Operation> replace(
      TunnelZone before, TunnelZone after, View view, Map<String, @Nullable Object> json) {
    requireUniqueName(after, view);
    return List.of(new Operation.Update(after));
  }

  private static void requireUniqueName(TunnelZone zone, View view) {
    for (TunnelZone other : view.all(ObjectType.TUNNEL_ZONE)) {
      if (!other.id().equals(zone.id()) && String.valueOf(zone.name()).equals(other.name())) {
        throw ApiException.conflict("Tunnel zone name already exists.");
      }
    }
  }

  private static TunnelZone need(View view, Call call) {
    return view.need(ObjectType.TUNNEL_ZONE, call.id("id", ObjectType.TUNNEL_ZONE.name()));
  }

  private static Map<String, @Nullable Object> show(
      TunnelZone zone, TunnelZoneHost host, View view) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("tunnelZoneId", zone.id().toString());
    json.put(HOST_ID, host.hostId().toString());
    json.put(IP_ADDRESS, host.address().toString());
    json.put("tunnelZone", view.links().to("/tunnel_zones/" + zone.id()));
    json.put("host", view.links().to("/hosts/" + host.hostId()));
    json.put("uri", view.links().to("/tunnel_zones/" + zone.id() + "/hosts/" + host.hostId()));
    return json;
  }

  private static Map<String, @Nullable Object> member(View view, Call call) {
    TunnelZone zone = need(view, call);
    UUID hostId = call.id(HOST_ID, ObjectType.HOST.name());
    return zone.hosts().stream()
        .filter(host -> host.hostId().equals(hostId))
        .findFirst()
        .map(host -> show(zone, host, view))
        .orElseThrow(() ->
            new ApiException(404, "Host " + hostId + " is not in tunnel zone " + zone.id() + "."));
  }

  private static Response join(Store store, Call call) {
    TunnelZoneHost host = read(call.object());
    UUID zoneId = call.id("id", ObjectType.TUNNEL_ZONE.name());
    store.write(
        call.links(),
        view -> {
          TunnelZone zone = need(view, call);
          view.need(ObjectType.HOST, host.hostId());
          List<TunnelZoneHost> hosts = new ArrayList<>(zone.hosts());
          if (hosts.stream().anyMatch(other -> other.hostId().equals(host.hostId()))) {
            throw ApiException.conflict(
                "Host " + host.hostId() + " already is in tunnel zone " + zone.id() + ".");
          }
          hosts.add(host);
          return List.of(new Operation.Update(zone.withHosts(hosts)));
        });
    return Answers.created(call.links().to("/tunnel_zones/" + zoneId + "/hosts/" + host.hostId()));
  }

  private static TunnelZoneHost read(Map<String, @Nullable Object> json) {
    List<Violation> violations = new ArrayList<>();
    Object rawId = json.get(HOST_ID);
    Object rawAddress = json.get(IP_ADDRESS);
    Ipv4Address address = rawAddress == null ? null : Kind.IPV4_ONLY.read(rawAddress);
    if (rawId == null) {
      violations.add(new Violation(HOST_ID, "may not be null"));
    }
    if (address == null) {
      violations.add(
          new Violation(
              IP_ADDRESS, rawAddress == null ? "may not be null" : "is an invalid IPv4 format"));
    }
    if (rawId == null || address == null) {
      throw ApiException.invalid(violations);
    }
    UUID hostId = Kind.uuidOrNull(String.valueOf(rawId));
    if (hostId == null) {
      throw ApiException.badRequest("Field hostId: '" + rawId + "' is not a UUID.");
    }
    return new TunnelZoneHost(hostId, address);
  }

  private static Response leave(Store store, Call call) {
    UUID hostId = call.id(HOST_ID, ObjectType.HOST.name());
    store.write(
        call.links(),
        view -> {
          TunnelZone zone = need(view, call);
          List<TunnelZoneHost> hosts = new ArrayList<>(zone.hosts());
          return hosts.removeIf(host -> host.hostId().equals(hostId))
              ? List.of(new Operation.Update(zone.withHosts(hosts)))
              : List.of();
        });
    return Answers.noContent();
  }
}
