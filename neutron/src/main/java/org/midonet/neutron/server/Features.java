package org.midonet.neutron.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.addressscope.AddressScopeFeature;
import org.midonet.neutron.agent.AgentFeature;
import org.midonet.neutron.agent.AgentSource;
import org.midonet.neutron.api.Feature;
import org.midonet.neutron.autoallocate.AutoAllocateFeature;
import org.midonet.neutron.config.CoreConfig;
import org.midonet.neutron.config.NeutronConfig;
import org.midonet.neutron.firewall.FirewallFeature;
import org.midonet.neutron.floatingip.FloatingIpFeature;
import org.midonet.neutron.floatingip.FloatingIps;
import org.midonet.neutron.ipavailability.IpAvailabilityFeature;
import org.midonet.neutron.loadbalancer.LoadBalancerFeature;
import org.midonet.neutron.metering.MeteringFeature;
import org.midonet.neutron.network.NetworkFeature;
import org.midonet.neutron.network.Networks;
import org.midonet.neutron.plugin.Plugin;
import org.midonet.neutron.port.PortBinder;
import org.midonet.neutron.port.PortFeature;
import org.midonet.neutron.port.PortSettings;
import org.midonet.neutron.port.Ports;
import org.midonet.neutron.quota.QuotaFeature;
import org.midonet.neutron.rbac.RbacFeature;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.router.AutoAllocationRouters;
import org.midonet.neutron.router.RouterFeature;
import org.midonet.neutron.router.Routers;
import org.midonet.neutron.rpc.Messaging;
import org.midonet.neutron.securitygroup.SecurityGroupFeature;
import org.midonet.neutron.securitygroup.SecurityGroups;
import org.midonet.neutron.servicetype.ServiceTypeFeature;
import org.midonet.neutron.standard.StandardFeature;
import org.midonet.neutron.subnet.SubnetFeature;
import org.midonet.neutron.subnet.SubnetSettings;
import org.midonet.neutron.subnet.Subnets;
import org.midonet.neutron.subnetpool.SubnetPoolFeature;
import org.midonet.neutron.subnetpool.SubnetPools;
import org.midonet.neutron.tag.TagFeature;
import org.midonet.packets.Mac;

/** Every feature of the Networking API, in the order in which their hooks run; stateless. */
final class Features {
  /** The resources with a description, tags and times of change (Neutron's standard attributes). */
  private static final List<ResourceType> STANDARD =
      List.of(
          Networks.TYPE,
          Subnets.TYPE,
          Ports.TYPE,
          SubnetPools.TYPE,
          SecurityGroups.TYPE,
          Routers.TYPE,
          FloatingIps.TYPE);

  private Features() {}

  /**
   * The features as configured, those of the plugins last.
   *
   * @param messaging the way to Neutron agents, null where there is none
   */
  static List<Feature> of(
      NeutronConfig config, List<Plugin> plugins, @Nullable Messaging messaging) {
    List<Feature> features = new ArrayList<>();
    features.add(new NetworkFeature(config.core().globalPhysnetMtu()));
    features.add(new RouterFeature(config.router()));
    features.add(new FloatingIpFeature());
    features.add(new PortFeature(ports(config.core()), binder(plugins)));
    features.add(new SecurityGroupFeature());
    features.add(
        new SubnetFeature(
            new SubnetSettings(
                config.core().maxDnsNameservers(), config.core().maxSubnetHostRoutes())));
    features.add(new SubnetPoolFeature());
    features.add(new AddressScopeFeature());
    features.add(new IpAvailabilityFeature());
    AgentFeature agents = new AgentFeature(config.agents(), messaging, otherAgents(plugins));
    features.add(agents);
    features.add(new MeteringFeature(messaging, agents.routerHosts()));
    features.add(new FirewallFeature());
    features.add(new LoadBalancerFeature(config.serviceProviders()));
    features.add(new AutoAllocateFeature(new AutoAllocationRouters()));
    features.add(new StandardFeature(STANDARD));
    features.add(new TagFeature(STANDARD));
    features.add(new QuotaFeature(config.quotas()));
    features.add(new RbacFeature());
    features.add(new ServiceTypeFeature(config.serviceProviders()));
    plugins.forEach(plugin -> features.addAll(plugin.features()));
    return features;
  }

  private static PortSettings ports(CoreConfig core) {
    return new PortSettings(
        Mac.parse(core.baseMac()),
        core.macGenerationRetries(),
        core.maxFixedIpsPerPort().orElse(5),
        core.maxAllowedAddressPair(),
        core.dnsDomain());
  }

  /** One plugin at most knows of agents that do not report here. */
  private static AgentSource otherAgents(List<Plugin> plugins) {
    return plugins.stream()
        .map(Plugin::agents)
        .filter(source -> !source.equals(AgentSource.NONE))
        .findFirst()
        .orElse(AgentSource.NONE);
  }

  /** The first plugin that plugs ports does; without one a port on a host counts as not plugged. */
  private static PortBinder binder(List<Plugin> plugins) {
    return plugins.stream()
        .map(Plugin::binder)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse((port, host, vnicType) -> PortBinder.UNBOUND);
  }
}
