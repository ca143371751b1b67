package org.midonet.cluster.neutron.rest;

import java.util.List;
import org.midonet.cluster.api.Endpoint;
import org.midonet.cluster.api.Media;
import org.midonet.cluster.translation.Translation;
import org.midonet.nsdb.Nsdb;
import org.midonet.topology.ObjectType;

/** Every path below {@code /neutron}. Stateless. */
public final class NeutronEndpoints {
  private static final String ROOT_TYPE = Media.item("neutron.Neutron", 3);

  private NeutronEndpoints() {}

  /**
   * The endpoints on a store.
   *
   * @param translation what the objects become; shared between requests
   */
  public static List<Endpoint> of(Nsdb nsdb, Translation translation) {
    Tell tell = new Tell(nsdb, translation);
    Resource networks = new Resource(tell, ObjectType.NEUTRON_NETWORK, "networks", "Network");
    Resource subnets = new Resource(tell, ObjectType.NEUTRON_SUBNET, "subnets", "Subnet");
    Resource ports = new Resource(tell, ObjectType.NEUTRON_PORT, "ports", "Port");
    Resource routers = new Resource(tell, ObjectType.NEUTRON_ROUTER, "routers", "Router");
    Resource floatingIps = new Resource(tell, ObjectType.FLOATING_IP, "floating_ips", "FloatingIp");
    Resource groups =
        new Resource(tell, ObjectType.SECURITY_GROUP, "security_groups", "SecurityGroup");
    Resource rules =
        new Resource(
            tell, ObjectType.SECURITY_GROUP_RULE, "security_group_rules", "SecurityGroupRule");
    Resource firewalls = new Resource(tell, ObjectType.NEUTRON_FIREWALL, "firewalls", "Firewall");
    Resource pools = new Resource(tell, ObjectType.NEUTRON_POOL, "lb/pools", "lb.Pool");
    Resource members =
        new Resource(tell, ObjectType.NEUTRON_POOL_MEMBER, "lb/members", "lb.PoolMember");
    Resource vips = new Resource(tell, ObjectType.NEUTRON_VIP, "lb/vips", "lb.Vip");
    Resource monitors =
        new Resource(
            tell, ObjectType.NEUTRON_HEALTH_MONITOR, "lb/health_monitors", "lb.HealthMonitor");
    PoolHealthMonitors watches = new PoolHealthMonitors(tell);
    RouterInterfaces interfaces = new RouterInterfaces(tell);
    return List.of(
        Endpoint.neutron("/neutron")
            .get(List.of(ROOT_TYPE), call -> NeutronDocument.of(call.links())),
        networks.collection(true),
        networks.item(true),
        subnets.collection(true),
        subnets.item(true),
        ports.collection(true),
        ports.item(true),
        routers.collection(false),
        routers.item(true),
        interfaces.add(),
        interfaces.remove(),
        floatingIps.collection(false),
        floatingIps.item(true),
        groups.collection(true),
        groups.item(true),
        rules.collection(true),
        rules.item(false),
        firewalls.unseenCollection(),
        firewalls.unseenItem(),
        pools.collection(false),
        pools.item(true),
        members.collection(false),
        members.item(true),
        vips.collection(false),
        vips.item(true),
        monitors.collection(false),
        monitors.item(true),
        watches.collection(),
        watches.item(),
        watches.placeholder());
  }
}
