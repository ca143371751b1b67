package org.midonet.cluster.translation;

import java.util.List;
import java.util.UUID;
import org.midonet.cluster.neutron.AgentMembership;
import org.midonet.cluster.neutron.Documents;
import org.midonet.cluster.neutron.Firewall;
import org.midonet.cluster.neutron.FloatingIp;
import org.midonet.cluster.neutron.NeutronConfig;
import org.midonet.cluster.neutron.NeutronHealthMonitor;
import org.midonet.cluster.neutron.NeutronModel;
import org.midonet.cluster.neutron.NeutronNetwork;
import org.midonet.cluster.neutron.NeutronPool;
import org.midonet.cluster.neutron.NeutronPoolMember;
import org.midonet.cluster.neutron.NeutronPort;
import org.midonet.cluster.neutron.NeutronRouter;
import org.midonet.cluster.neutron.NeutronSubnet;
import org.midonet.cluster.neutron.NeutronVip;
import org.midonet.cluster.neutron.PortBinding;
import org.midonet.cluster.neutron.RouterInterface;
import org.midonet.cluster.neutron.SecurityGroup;
import org.midonet.cluster.neutron.SecurityGroupRule;
import org.midonet.nsdb.Operation;
import org.midonet.nsdb.Topology;
import org.midonet.nsdb.Transaction;
import org.midonet.topology.NeutronObject;
import org.midonet.topology.ObjectType;

/**
 * What Neutron's operations mean for the topology; safe to share between threads if its {@link
 * Chance} is. It changes nothing: it tells what to change, and the same chance gives the same
 * changes. midonet.md part 4.
 */
public final class Translation {
  private final TranslationSettings settings;
  private final Chance chance;

  public Translation(TranslationSettings settings, Chance chance) {
    this.settings = settings;
    this.chance = chance;
  }

  /**
   * The changes that operations mean, one after the other.
   *
   * @throws TranslationException if the topology cannot follow
   * @throws org.midonet.nsdb.NsdbException if an object is missing, or there already, or in the way
   */
  public List<Operation> translate(Topology topology, List<NeutronOperation> operations) {
    return apply(topology.begin(), operations);
  }

  /**
   * Applies the changes that operations mean.
   *
   * @param transaction which is of no more use when this throws
   * @return the changes
   * @throws TranslationException if the topology cannot follow
   * @throws org.midonet.nsdb.NsdbException if an object is missing, or there already, or in the way
   */
  public List<Operation> apply(Transaction transaction, List<NeutronOperation> operations) {
    Draft draft = new Draft(transaction, settings, chance);
    operations.forEach(operation -> apply(draft, operation));
    return draft.operations();
  }

  /** As {@link #translate(Topology, List)}, for one operation. */
  public List<Operation> translate(Topology topology, NeutronOperation operation) {
    return translate(topology, List.of(operation));
  }

  private static void apply(Draft draft, NeutronOperation operation) {
    switch (operation) {
      case NeutronOperation.Create(NeutronModel model) -> create(draft, model);
      case NeutronOperation.Update(NeutronModel model) -> update(draft, model);
      case NeutronOperation.Delete(ObjectType<NeutronObject> type, UUID id) -> {
        NeutronObject stored = draft.find(type, id);
        if (stored != null) {
          delete(draft, Documents.stored(stored));
          draft.delete(type, id);
        }
      }
    }
  }

  private static void create(Draft draft, NeutronModel model) {
    switch (model) {
      case NeutronNetwork network -> Networks.create(draft, network);
      case NeutronSubnet subnet -> Subnets.create(draft, subnet);
      case NeutronPort port -> Ports.create(draft, port);
      case NeutronRouter router -> Routers.create(draft, router);
      case FloatingIp floatingIp -> FloatingIps.create(draft, floatingIp);
      case SecurityGroupRule rule -> {
        draft.require(ObjectType.SECURITY_GROUP, rule.securityGroupId());
        SecurityGroupRules.create(draft, rule);
      }
      case NeutronPool pool -> Pools.create(draft, pool);
      case NeutronPoolMember member -> PoolMembers.create(draft, member);
      case PortBinding binding -> PortBindings.create(draft, binding);
      case AgentMembership membership -> TunnelZones.join(draft, membership);
      case NeutronConfig config -> TunnelZones.create(draft, config);
      case SecurityGroup group -> {
        SecurityGroups.create(draft, group);
        return;
      }
      case Firewall firewall -> {
        Firewalls.create(draft, firewall);
        return;
      }
      case NeutronVip vip -> {
        Vips.create(draft, vip);
        return;
      }
      case NeutronHealthMonitor monitor -> {
        HealthMonitors.create(draft, monitor);
        return;
      }
      case RouterInterface join -> {
        RouterInterfaces.add(draft, join);
        return;
      }
    }
    draft.create(Documents.toStored(model));
  }

  private static void update(Draft draft, NeutronModel model) {
    switch (model) {
      case NeutronNetwork network -> Networks.update(draft, network);
      case NeutronSubnet subnet -> Subnets.update(draft, subnet);
      case NeutronPort port -> Ports.update(draft, port);
      case NeutronRouter router -> Routers.update(draft, router);
      case FloatingIp floatingIp -> FloatingIps.update(draft, floatingIp);
      case NeutronPoolMember member -> PoolMembers.update(draft, member);
      case SecurityGroup group -> {
        SecurityGroups.update(draft, group);
        return;
      }
      case Firewall firewall -> {
        Firewalls.update(draft, firewall);
        return;
      }
      case NeutronPool pool -> {
        Pools.update(draft, pool);
        return;
      }
      case NeutronVip vip -> {
        Vips.update(draft, vip);
        return;
      }
      case NeutronHealthMonitor monitor -> {
        HealthMonitors.update(draft, monitor);
        return;
      }
      case RouterInterface leave -> {
        RouterInterfaces.remove(draft, leave);
        return;
      }
      case SecurityGroupRule rule -> throw notUpdatable(rule);
      case PortBinding binding -> throw notUpdatable(binding);
      case AgentMembership membership -> throw notUpdatable(membership);
      case NeutronConfig config -> throw notUpdatable(config);
    }
    draft.update(Documents.toStored(model));
  }

  private static void delete(Draft draft, NeutronModel model) {
    switch (model) {
      case NeutronNetwork network -> Networks.delete(draft, network);
      case NeutronSubnet subnet -> Subnets.delete(draft, subnet);
      case NeutronPort port -> Ports.delete(draft, port);
      case NeutronRouter router -> Routers.delete(draft, router);
      case FloatingIp floatingIp -> FloatingIps.delete(draft, floatingIp);
      case SecurityGroup group -> SecurityGroups.delete(draft, group);
      case SecurityGroupRule rule -> SecurityGroupRules.delete(draft, rule.id());
      case Firewall firewall -> Firewalls.delete(draft, firewall);
      case NeutronPool pool -> Pools.delete(draft, pool);
      case NeutronPoolMember member -> draft.delete(ObjectType.POOL_MEMBER, member.id());
      case NeutronVip vip -> Vips.delete(draft, vip);
      case NeutronHealthMonitor monitor -> HealthMonitors.delete(draft, monitor.id());
      case PortBinding binding -> PortBindings.delete(draft, binding);
      case AgentMembership membership -> TunnelZones.leave(draft, membership);
      case RouterInterface leave -> throw notUpdatable(leave);
      case NeutronConfig config -> throw notUpdatable(config);
    }
  }

  private static TranslationException notUpdatable(NeutronModel model) {
    return TranslationException.invalid("A " + model.type() + " cannot be changed or deleted");
  }
}
