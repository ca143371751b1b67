package org.midonet.cluster.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.topology.Bridge;
import org.midonet.topology.Dhcp;
import org.midonet.topology.DhcpHost;
import org.midonet.topology.IpAddrGroup;
import org.midonet.topology.LbStatus;
import org.midonet.topology.NeutronObject;
import org.midonet.topology.ObjectType;
import org.midonet.topology.Pool;
import org.midonet.topology.PoolMember;
import org.midonet.topology.Port;
import org.midonet.topology.Router;
import org.midonet.topology.Rule;
import org.midonet.topology.TopologyObject;
import org.midonet.topology.TunnelZone;
import org.midonet.topology.TunnelZoneHost;

/**
 * What an object is to become, given what it is: what translation does not set, such as mirrors,
 * BGP and the bindings that agents make, stays. Immutable, safe to share.
 */
final class Targets {
  /** What Neutron does not tell MidoNet each time that it changes, and nothing depends on. */
  private static final Set<String> LOOSE = Set.of("status", "status_description", "shared");

  /** MidoNet has no way to be told of these. */
  private static final Set<String> LOOSE_OF_GROUPS = Set.of("name", "description");

  /** Above these bits a tunnel key says what it leads to. */
  private static final int KEY_TYPE = 20;

  private final Servers servers;
  private final Keys keys;
  private final Set<UUID> watchedPools;

  /**
   * @param watchedPools the pools whose members a health monitor watches
   */
  Targets(Servers servers, Keys keys, Set<UUID> watchedPools) {
    this.servers = servers;
    this.keys = keys;
    this.watchedPools = watchedPools;
  }

  /** The present object if it is as wanted; otherwise what to put in its place. */
  TopologyObject of(TopologyObject wanted, TopologyObject present) {
    return switch (wanted) {
      case Bridge bridge -> bridge(bridge, (Bridge) present);
      case Router router -> router(router, (Router) present);
      case Port port -> port(port, (Port) present);
      case Dhcp dhcp -> dhcp(dhcp, (Dhcp) present);
      case DhcpHost host -> host(host, (DhcpHost) present);
      case Rule rule -> rule.withMeterName(((Rule) present).meterName());
      case IpAddrGroup group -> group.withName(((IpAddrGroup) present).name());
      case TunnelZone zone -> zone(zone, (TunnelZone) present);
      case Pool pool -> pool(pool, (Pool) present);
      case PoolMember member -> member(member, (PoolMember) present);
      case NeutronObject document -> document(document, (NeutronObject) present);
      default -> wanted;
    };
  }

  private static Bridge bridge(Bridge wanted, Bridge present) {
    return present
        .withTenantId(wanted.tenantId())
        .withName(wanted.name())
        .withAdminStateUp(wanted.adminStateUp())
        .withQosPolicyId(
            wanted.qosPolicyId() == null ? present.qosPolicyId() : wanted.qosPolicyId());
  }

  private static Router router(Router wanted, Router present) {
    return present
        .withTenantId(wanted.tenantId())
        .withName(wanted.name())
        .withAdminStateUp(wanted.adminStateUp())
        .withInboundFilterId(wanted.inboundFilterId())
        .withOutboundFilterId(wanted.outboundFilterId())
        .withForwardChainId(wanted.forwardChainId())
        .withLoadBalancerId(
            wanted.loadBalancerId() == null ? present.loadBalancerId() : wanted.loadBalancerId());
  }

  private Pool pool(Pool wanted, Pool present) {
    return isSaid(wanted.id(), present.status()) ? wanted.withStatus(present.status()) : wanted;
  }

  private PoolMember member(PoolMember wanted, PoolMember present) {
    return isSaid(wanted.poolId(), present.status()) ? wanted.withStatus(present.status()) : wanted;
  }

  /** How the members of a pool are, agents say who do a health monitor's work. */
  private boolean isSaid(@Nullable UUID pool, @Nullable LbStatus status) {
    return pool != null && status != null && watchedPools.contains(pool);
  }

  private Port port(Port wanted, Port present) {
    Port port =
        present
            .withBridgeId(wanted.bridgeId())
            .withRouterId(wanted.routerId())
            .withAdminStateUp(wanted.adminStateUp())
            .withPeerId(wanted.peerId())
            .withPortSubnets(same(wanted.portSubnets(), present.portSubnets()))
            .withPortMac(wanted.portMac())
            .withTunnelKey(key(wanted, present))
            .withQosPolicyId(
                wanted.qosPolicyId() == null ? present.qosPolicyId() : wanted.qosPolicyId());
    return wanted.routerId() == null ? bridgePort(wanted, port) : routerPort(wanted, port);
  }

  /** On which host a machine runs, agents say. */
  private static Port bridgePort(Port wanted, Port port) {
    return port.withInboundFilterId(wanted.inboundFilterId())
        .withOutboundFilterId(wanted.outboundFilterId())
        .withPortAddress(wanted.portAddress());
  }

  private static Port routerPort(Port wanted, Port port) {
    List<UUID> groups = new ArrayList<>(port.portGroupIds());
    wanted.portGroupIds().stream().filter(id -> !groups.contains(id)).forEach(groups::add);
    boolean known =
        port.portSubnets().stream().anyMatch(net -> net.address().equals(port.portAddress()));
    Port router =
        port.withPortGroupIds(groups)
            .withPortAddress(known ? port.portAddress() : wanted.portAddress());
    return wanted.hostId() == null
        ? router
        : router.withHostId(wanted.hostId()).withInterfaceName(wanted.interfaceName());
  }

  /** Any will do that is no other port's; a negative one stands for a new one of its type. */
  private long key(Port wanted, Port present) {
    boolean same = type(wanted.tunnelKey()) == type(present.tunnelKey());
    return same && !keys.isBad(present) ? present.tunnelKey() : -wanted.tunnelKey();
  }

  private static long type(long key) {
    return key == 0 ? -1 : (key >> KEY_TYPE);
  }

  private Dhcp dhcp(Dhcp wanted, Dhcp present) {
    boolean serves = servers.has(wanted.id(), wanted.serverAddress());
    boolean right = serves && servers.has(wanted.id(), present.serverAddress());
    return wanted
        .withServerAddress(right ? present.serverAddress() : wanted.serverAddress())
        .withOpt121Routes(same(wanted.opt121Routes(), present.opt121Routes()))
        .withInterfaceMtu(present.interfaceMtu());
  }

  private static DhcpHost host(DhcpHost wanted, DhcpHost present) {
    return wanted
        .withName(present.name())
        .withExtraOptions(same(wanted.extraOptions(), present.extraOptions()));
  }

  /** Others may have put hosts in it. */
  private static TunnelZone zone(TunnelZone wanted, TunnelZone present) {
    List<TunnelZoneHost> hosts = new ArrayList<>(present.hosts());
    for (TunnelZoneHost host : wanted.hosts()) {
      if (!hosts.contains(host)) {
        hosts.removeIf(other -> other.hostId().equals(host.hostId()));
        hosts.add(host);
      }
    }
    return wanted.withHosts(hosts);
  }

  /** Lists without an order of their own are taken as they are. */
  private static <T> List<T> same(List<T> wanted, List<T> present) {
    return count(wanted).equals(count(present)) ? present : wanted;
  }

  private static NeutronObject document(NeutronObject wanted, NeutronObject present) {
    for (String field : fields(wanted, present)) {
      if (!isLoose(wanted, field) && !isSame(wanted.get(field), present.get(field))) {
        return wanted;
      }
    }
    return present;
  }

  private static boolean isLoose(NeutronObject document, String field) {
    return LOOSE.contains(field)
        || (document.type().equals(ObjectType.SECURITY_GROUP) && LOOSE_OF_GROUPS.contains(field));
  }

  /** The fields of either. */
  private static Set<String> fields(NeutronObject one, NeutronObject other) {
    Set<String> fields = new TreeSet<>(one.document().keySet());
    fields.addAll(other.document().keySet());
    return fields;
  }

  private static boolean isSame(@Nullable Object one, @Nullable Object other) {
    if (one instanceof List<?> left && other instanceof List<?> right) {
      return count(left).equals(count(right));
    }
    return Objects.equals(one, other);
  }

  private static Map<Object, Integer> count(List<?> list) {
    Map<Object, Integer> counts = new HashMap<>();
    list.forEach(element -> counts.merge(String.valueOf(element), 1, Integer::sum));
    return counts;
  }
}
