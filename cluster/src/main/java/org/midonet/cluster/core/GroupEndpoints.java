package org.midonet.cluster.core;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.cluster.api.Answers;
import org.midonet.cluster.api.ApiException;
import org.midonet.cluster.api.Call;
import org.midonet.cluster.api.Endpoint;
import org.midonet.cluster.api.Links;
import org.midonet.cluster.api.Media;
import org.midonet.neutron.http.Response;
import org.midonet.nsdb.Operation;
import org.midonet.packets.IpAddress;
import org.midonet.topology.Ids;
import org.midonet.topology.IpAddrGroupMember;
import org.midonet.topology.ObjectType;
import org.midonet.topology.Port;
import org.midonet.topology.PortGroup;
import org.midonet.topology.References;

/** Groups of addresses and groups of ports, with their members; stateless. */
final class GroupEndpoints {
  private static final String ID = "id";
  private static final String PORT_ID = "portId";
  private static final List<String> ADDRESS = List.of(Media.item("IpAddrGroupAddr", 1));
  private static final List<String> ADDRESSES = List.of(Media.list("IpAddrGroupAddr", 1));
  private static final List<String> MEMBER = Media.orJson(Media.item("PortGroupPort", 1));
  private static final List<String> MEMBERS = Media.orJson(Media.list("PortGroupPort", 1));

  private GroupEndpoints() {}

  static List<Endpoint> of(Store store) {
    List<Endpoint> all = new ArrayList<>();
    all.addAll(
        new Crud<>(store, Groups.ADDRESSES)
            .collection(null, Crud.plainly())
            .item()
            .delete()
            .neverReplaced());
    all.addAll(
        new Crud<>(store, Groups.PORTS)
            .collection(PortGroup::tenantId, Crud.plainly())
            .item()
            .put(Crud.replacing())
            .delete()
            .endpoints());
    all.add(
        Endpoint.core("/ip_addr_groups/{id}/ip_addrs")
            .get(ADDRESSES, call -> addresses(store, call))
            .post(ADDRESS, call -> addAddress(store, call)));
    all.add(
        Endpoint.core("/ip_addr_groups/{id}/versions/{version}/ip_addrs/{addr}")
            .get(ADDRESS, call -> address(store, call))
            .delete(call -> removeAddress(store, call)));
    all.add(
        Endpoint.core("/port_groups/{id}/ports")
            .get(MEMBERS, call -> membersOfGroup(store, call))
            .post(MEMBER, call -> join(store, call)));
    all.add(
        Endpoint.core("/port_groups/{id}/ports/{portId}")
            .get(MEMBER, call -> member(store, call))
            .delete(call -> leave(store, call)));
    all.add(
        Endpoint.core("/ports/{id}/port_groups").get(MEMBERS, call -> groupsOfPort(store, call)));
    return all;
  }

  private static List<Map<String, @Nullable Object>> addresses(Store store, Call call) {
    View view = store.view(call.links());
    UUID group = view.need(ObjectType.IP_ADDR_GROUP, groupId(call)).id();
    return new TreeSet<>(view.membersOf(group).stream().map(IpAddrGroupMember::address).toList())
        .stream().map(address -> show(group, address, call.links())).toList();
  }

  private static UUID groupId(Call call) {
    return call.id(ID, ObjectType.IP_ADDR_GROUP.name());
  }

  private static Map<String, @Nullable Object> show(UUID group, IpAddress address, Links links) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("addr", address.toString());
    json.put("ipAddrGroupId", group.toString());
    json.put("version", address.version());
    json.put("ipAddrGroup", links.to("/ip_addr_groups/" + group));
    json.put("uri", links.to(path(group, address)));
    return json;
  }

  private static String path(UUID group, IpAddress address) {
    return "/ip_addr_groups/" + group + "/versions/" + address.version() + "/ip_addrs/" + address;
  }

  private static Response addAddress(Store store, Call call) {
    UUID group = groupId(call);
    Map<String, @Nullable Object> json = call.object();
    int version = Kind.intOrZero(json.get("version"));
    if (version != 4 && version != 6) {
      throw ApiException.badRequest("Field version: 4 or 6 is needed.");
    }
    IpAddress address = parse(String.valueOf(json.get("addr")));
    if (address.version() != version) {
      throw ApiException.badRequest(address + " is not an address of version " + version + ".");
    }
    UUID id = Ids.ipAddrGroupMember(group, group, address);
    store.write(
        call.links(),
        view -> {
          view.need(ObjectType.IP_ADDR_GROUP, group);
          return view.find(ObjectType.IP_ADDR_GROUP_MEMBER, id) == null
              ? List.of(new Operation.Create(new IpAddrGroupMember(id, group, address, null)))
              : List.of();
        });
    return Answers.created(call.links().to(path(group, address)));
  }

  private static IpAddress parse(String text) {
    return IpAddress.tryParse(text)
        .orElseThrow(() -> ApiException.badRequest("'" + text + "' is not an IP address."));
  }

  private static List<IpAddrGroupMember> withAddress(View view, Call call) {
    UUID group = view.need(ObjectType.IP_ADDR_GROUP, groupId(call)).id();
    IpAddress address = parse(call.path("addr"));
    return view.membersOf(group).stream()
        .filter(member -> member.address().equals(address))
        .toList();
  }

  private static Map<String, @Nullable Object> address(Store store, Call call) {
    if (withAddress(store.view(call.links()), call).isEmpty()) {
      throw new ApiException(
          404, "Address group " + call.path(ID) + " does not hold " + call.path("addr") + ".");
    }
    return show(groupId(call), parse(call.path("addr")), call.links());
  }

  private static Response removeAddress(Store store, Call call) {
    store.write(
        call.links(),
        view ->
            withAddress(view, call).stream()
                .<Operation>map(
                    member -> new Operation.Delete(ObjectType.IP_ADDR_GROUP_MEMBER, member.id()))
                .toList());
    return Answers.noContent();
  }

  private static Map<String, @Nullable Object> show(UUID group, UUID port, Links links) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("portGroupId", group.toString());
    json.put(PORT_ID, port.toString());
    json.put("portGroup", links.to("/port_groups/" + group));
    json.put("port", links.to("/ports/" + port));
    json.put("uri", links.to("/port_groups/" + group + "/ports/" + port));
    return json;
  }

  private static List<Map<String, @Nullable Object>> membersOfGroup(Store store, Call call) {
    View view = store.view(call.links());
    UUID group = view.need(ObjectType.PORT_GROUP, portGroupId(call)).id();
    return view.linked(References.PORT_GROUP_PORTS, group, ObjectType.PORT).stream()
        .map(port -> show(group, port.id(), call.links()))
        .toList();
  }

  private static UUID portGroupId(Call call) {
    return call.id(ID, ObjectType.PORT_GROUP.name());
  }

  private static List<Map<String, @Nullable Object>> groupsOfPort(Store store, Call call) {
    Port port = store.view(call.links()).need(ObjectType.PORT, call.id(ID, "Port"));
    return port.portGroupIds().stream().map(group -> show(group, port.id(), call.links())).toList();
  }

  private static Map<String, @Nullable Object> member(Store store, Call call) {
    UUID group = portGroupId(call);
    UUID port = call.id(PORT_ID, "Port");
    if (!store.view(call.links()).need(ObjectType.PORT, port).portGroupIds().contains(group)) {
      throw new ApiException(404, "Port " + port + " is not in port group " + group + ".");
    }
    return show(group, port, call.links());
  }

  private static Response join(Store store, Call call) {
    UUID group = portGroupId(call);
    Object raw = call.object().get(PORT_ID);
    UUID portId = raw == null ? null : Kind.ID.read(raw);
    if (portId == null) {
      throw raw == null
          ? ApiException.invalid("portId may not be null")
          : ApiException.badRequest("Field portId: '" + raw + "' is not a UUID.");
    }
    store.write(
        call.links(),
        view -> {
          view.need(ObjectType.PORT_GROUP, group);
          Port port = view.need(ObjectType.PORT, portId);
          List<UUID> groups = new ArrayList<>(port.portGroupIds());
          if (groups.contains(group)) {
            throw ApiException.conflict("Port " + portId + " already is in port group " + group);
          }
          groups.add(group);
          return List.of(new Operation.Update(port.withPortGroupIds(groups)));
        });
    return Answers.created(call.links().to("/port_groups/" + group + "/ports/" + portId));
  }

  private static Response leave(Store store, Call call) {
    UUID group = portGroupId(call);
    UUID portId = call.id(PORT_ID, "Port");
    store.write(
        call.links(),
        view -> {
          Port port = view.find(ObjectType.PORT, portId);
          if (port == null || !port.portGroupIds().contains(group)) {
            return List.of();
          }
          List<UUID> groups = new ArrayList<>(port.portGroupIds());
          groups.remove(group);
          return List.of(new Operation.Update(port.withPortGroupIds(groups)));
        });
    return Answers.noContent();
  }
}
