package org.midonet.cluster.check;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.midonet.cluster.importer.TaskTranslation;
import org.midonet.cluster.neutron.MalformedException;
import org.midonet.cluster.translation.NeutronOperation;
import org.midonet.cluster.translation.TranslationException;
import org.midonet.nsdb.Change;
import org.midonet.nsdb.Commit;
import org.midonet.nsdb.NsdbException;
import org.midonet.nsdb.Topology;
import org.midonet.packets.IpAddress;
import org.midonet.packets.IpPrefix;
import org.midonet.topology.Chain;
import org.midonet.topology.DhcpHost;
import org.midonet.topology.Ids;
import org.midonet.topology.IpAddrGroup;
import org.midonet.topology.IpAddrGroupMember;
import org.midonet.topology.LoadBalancer;
import org.midonet.topology.NeutronObject;
import org.midonet.topology.ObjectType;
import org.midonet.topology.Pool;
import org.midonet.topology.PoolMember;
import org.midonet.topology.Port;
import org.midonet.topology.PortGroup;
import org.midonet.topology.Route;
import org.midonet.topology.Router;
import org.midonet.topology.TopologyObject;
import org.midonet.topology.Vip;

/**
 * Finds what is there for the sake of Neutron and is wanted no more. What operators made by the
 * core API is none of it, even on Neutron's own bridges and routers; but Neutron's chains, address
 * groups, DHCP subnets and load balancers are its own with all that is in them. Not safe to share.
 */
final class Leftovers {
  private static final Pattern CHAIN_NAME =
      Pattern.compile("OS_(?:[A-Z0-9]+_)+?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:_.*)?");
  private static final Pattern GROUP_NAME = Pattern.compile("OS_PORT_GROUP_(?:ROUTER_INTF_)?(.+)");

  private static final List<Ids> CHAINS =
      List.of(
          Ids.IN_CHAIN,
          Ids.OUT_CHAIN,
          Ids.FWD_CHAIN,
          Ids.ANTI_SPOOF_CHAIN,
          Ids.FLOAT_SNAT_EXACT_CHAIN,
          Ids.FLOAT_SNAT_CHAIN,
          Ids.SKIP_SNAT_CHAIN,
          Ids.FLOAT_NAT64_CHAIN);

  private static final List<Ids> ROUTES =
      List.of(
          Ids.LOCAL_ROUTE,
          Ids.ROUTER_INTERFACE_ROUTE,
          Ids.GATEWAY_ROUTE,
          Ids.METADATA_SERVICE_ROUTE);

  /** Neutron's documents that the Networking API tells of. */
  private static final List<ObjectType<NeutronObject>> DOCUMENTS =
      List.of(
          ObjectType.NEUTRON_FIREWALL,
          ObjectType.NEUTRON_VIP,
          ObjectType.NEUTRON_HEALTH_MONITOR,
          ObjectType.NEUTRON_POOL_MEMBER,
          ObjectType.NEUTRON_POOL,
          ObjectType.FLOATING_IP,
          ObjectType.NEUTRON_PORT,
          ObjectType.NEUTRON_ROUTER,
          ObjectType.NEUTRON_SUBNET,
          ObjectType.NEUTRON_NETWORK,
          ObjectType.SECURITY_GROUP_RULE,
          ObjectType.SECURITY_GROUP,
          ObjectType.AGENT_MEMBERSHIP);

  private final Topology present;
  private final Wanted wanted;
  private final Set<Key> found = new LinkedHashSet<>();

  /** An object by kind and id. */
  record Key(ObjectType<?> type, UUID id) {}

  private Leftovers(Topology present, Wanted wanted) {
    this.present = present;
    this.wanted = wanted;
  }

  static List<Key> of(Topology present, Wanted wanted) {
    Leftovers leftovers = new Leftovers(present, wanted);
    leftovers.findDocuments();
    leftovers.findMade();
    leftovers.findParts();
    return List.copyOf(leftovers.found);
  }

  private void add(TopologyObject object) {
    add(object.type(), object.id());
  }

  private void add(ObjectType<?> type, UUID id) {
    if (!wanted.has(type, id)) {
      found.add(new Key(type, id));
    }
  }

  /** What Neutron told once and does not have any more, with all that its deletion takes away. */
  private void findDocuments() {
    Topology rest = present;
    for (ObjectType<NeutronObject> type : DOCUMENTS) {
      for (NeutronObject document : present.list(type)) {
        if (!wanted.has(type, document.id())) {
          add(document);
          rest = without(rest, document);
        }
      }
    }
  }

  private Topology without(Topology topology, NeutronObject document) {
    try {
      Commit commit =
          topology.commit(
              TaskTranslation.standard()
                  .translation()
                  .translate(
                      topology, new NeutronOperation.Delete(document.type(), document.id())));
      for (Change change : commit.changes()) {
        if (change instanceof Change.OfObject(var type, UUID id, var before, var after, UUID home)
            && after == null) {
          add(type, id);
        }
      }
      return commit.after();
    } catch (TranslationException | NsdbException | MalformedException e) {
      return topology; // the document goes, and what can be told by other signs
    }
  }

  /** What bears the signs of translation. */
  private void findMade() {
    present.list(ObjectType.CHAIN).stream().filter(Leftovers::isMade).forEach(this::add);
    present.list(ObjectType.IP_ADDR_GROUP).stream().filter(Leftovers::isMade).forEach(this::add);
    present.list(ObjectType.LOAD_BALANCER).stream().filter(Leftovers::isMade).forEach(this::add);
    present.list(ObjectType.ROUTER).stream().filter(Leftovers::isMade).forEach(this::add);
    present.list(ObjectType.PORT_GROUP).stream().filter(Leftovers::isMade).forEach(this::add);
    present.list(ObjectType.PORT).stream().filter(Leftovers::isMade).forEach(this::add);
    present.list(ObjectType.ROUTE).stream().filter(this::isMade).forEach(this::add);
  }

  private static boolean isMade(Chain chain) {
    Matcher name = CHAIN_NAME.matcher(String.valueOf(chain.name()));
    if (!name.matches()) {
      return false;
    }
    UUID base = UUID.fromString(name.group(1));
    return CHAINS.stream().anyMatch(kind -> kind.of(base).equals(chain.id()));
  }

  private static boolean isMade(IpAddrGroup group) {
    return Ids.IN_CHAIN.of(group.id()).equals(group.inboundChainId())
        && Ids.OUT_CHAIN.of(group.id()).equals(group.outboundChainId());
  }

  private static boolean isMade(LoadBalancer balancer) {
    UUID router = balancer.routerId();
    return router != null && Ids.LOAD_BALANCER.of(router).equals(balancer.id());
  }

  private static boolean isMade(Router router) {
    return Ids.IN_CHAIN.of(router.id()).equals(router.inboundFilterId())
        && Ids.FWD_CHAIN.of(router.id()).equals(router.forwardChainId());
  }

  private static boolean isMade(PortGroup group) {
    Matcher name = GROUP_NAME.matcher(String.valueOf(group.name()));
    if (!name.matches()) {
      return false;
    }
    String text = name.group(1);
    return text.equals(group.id().toString())
        || text.equals(Ids.ROUTER_INTERFACE_PORT_GROUP.of(group.id()).toString());
  }

  private static boolean isMade(Port port) {
    if (Ids.IN_CHAIN.of(port.id()).equals(port.inboundFilterId())) {
      return true;
    }
    UUID peer = port.peerId();
    return peer != null
        && (Ids.ROUTER_INTERFACE_PORT_PEER.of(peer).equals(port.id())
            || Ids.TENANT_GW_PORT.of(peer).equals(port.id()));
  }

  private boolean isMade(Route route) {
    UUID portId = route.nextHopPortId();
    Port port = portId == null ? null : present.find(ObjectType.PORT, portId);
    if (portId == null || port == null) {
      return false;
    }
    IpAddress gateway = route.nextHopGateway();
    UUID router = port.routerId();
    if (router != null
        && gateway != null
        && Ids.extraRoute(router, route.dst(), gateway).equals(route.id())) {
      return true;
    }
    List<IpAddress> names = new ArrayList<>();
    names.add(route.dst().address());
    names.add(gateway == null ? route.dst().address() : gateway);
    port.portSubnets().stream().map(IpPrefix::address).forEach(names::add);
    return ROUTES.stream()
        .anyMatch(
            kind -> names.stream().anyMatch(name -> kind.of(portId, name).equals(route.id())));
  }

  /** What MidoNet keeps inside of an object is that object's. */
  private void findParts() {
    for (TopologyObject chain : wanted.list(ObjectType.CHAIN)) {
      wanted.presentRules(chain.id()).forEach(this::add);
    }
    for (IpAddrGroupMember member : present.list(ObjectType.IP_ADDR_GROUP_MEMBER)) {
      if (isPart(ObjectType.IP_ADDR_GROUP, member.groupId())) {
        add(member);
      }
    }
    for (DhcpHost host : present.list(ObjectType.DHCP_HOST)) {
      if (isPart(ObjectType.DHCP, host.dhcpId())) {
        add(host);
      }
    }
    findPartsOfBalancers();
  }

  private void findPartsOfBalancers() {
    for (Vip vip : present.list(ObjectType.VIP)) {
      if (isPart(ObjectType.POOL, vip.poolId())) {
        add(vip);
      }
    }
    for (PoolMember member : present.list(ObjectType.POOL_MEMBER)) {
      if (isPart(ObjectType.POOL, member.poolId())) {
        add(member);
      }
    }
    for (Pool pool : present.list(ObjectType.POOL)) {
      if (isPart(ObjectType.LOAD_BALANCER, pool.loadBalancerId())) {
        add(pool);
      }
    }
  }

  private boolean isPart(ObjectType<?> type, @Nullable UUID id) {
    return id != null && wanted.has(type, id);
  }
}
