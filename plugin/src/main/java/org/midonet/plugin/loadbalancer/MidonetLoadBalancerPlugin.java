package org.midonet.plugin.loadbalancer;

import java.util.List;
import java.util.Set;
import org.midonet.neutron.api.Core;
import org.midonet.neutron.api.Feature;
import org.midonet.neutron.api.Routes;
import org.midonet.neutron.config.ServiceProviders;
import org.midonet.neutron.plugin.Plugin;
import org.midonet.neutron.service.ChangeListener;
import org.midonet.neutron.service.Hook;
import org.midonet.neutron.service.Sessions;
import org.midonet.plugin.client.MidonetClient;

/** The service plugin for load balancing. Stateless, safe to share between threads. */
public final class MidonetLoadBalancerPlugin implements Plugin {
  private static final String SERVICE = "LOADBALANCER";
  private static final String DRIVER =
      "midonet.neutron.services.loadbalancer.driver.MidonetLoadbalancerDriver";
  private static final String LINE =
      "service_provider = LOADBALANCER:Midonet:" + DRIVER + ":default";

  private final MidonetClient client;
  private final PoolStatistics statistics;
  private final List<ServiceProviders.Provider> providers;

  /**
   * A plugin that tells MidoNet through the client.
   *
   * @param providers those of the configuration
   * @throws IllegalArgumentException where none of them balances, or one by a driver that is not
   *     here; the message is for the operator
   */
  public MidonetLoadBalancerPlugin(
      MidonetClient client, ServiceProviders providers, PoolStatistics statistics) {
    this.client = client;
    this.statistics = statistics;
    this.providers =
        providers.providers().stream()
            .filter(provider -> provider.serviceType().equals(SERVICE))
            .toList();
    if (this.providers.isEmpty()) {
      throw new IllegalArgumentException(
          "service_plugins in [DEFAULT] names lbaas, but [service_providers] has no provider of %s. Add: %s"
              .formatted(SERVICE, LINE));
    }
    this.providers.stream()
        .filter(provider -> !provider.driver().equals(DRIVER))
        .findFirst()
        .ifPresent(provider -> {
          throw new IllegalArgumentException(
              "service_provider %s in [service_providers] names the driver %s, which is not here. That of MidoNet is %s."
                  .formatted(provider.name(), provider.driver(), DRIVER));
        });
  }

  @Override
  public String name() {
    return "lbaas";
  }

  @Override
  public Set<String> aliases() {
    return Set.of("lbaas", "lbaas_agent_scheduler", "service-type");
  }

  @Override
  public List<Feature> features() {
    return List.of(new Balancer(client, statistics));
  }

  /**
   * What a server that died left waiting is told, or is told anew by the next change.
   *
   * @throws IllegalStateException where there are pools of a provider that is no more
   */
  @Override
  public void started(Sessions sessions) {
    List<String> names = providers.stream().map(ServiceProviders.Provider::name).toList();
    Set<String> lost = Unfinished.providersOtherThan(sessions, names);
    if (!lost.isEmpty()) {
      throw new IllegalStateException(
          "There are pools of providers that [service_providers] does not have: %s. Delete the pools before their provider."
              .formatted(String.join(", ", lost)));
    }
    Unfinished.settle(sessions, client.isToldByCommit());
  }

  private record Balancer(MidonetClient client, PoolStatistics statistics) implements Feature {
    @Override
    public List<Hook> hooks() {
      return List.of(new MidonetRules(), new GatewaysOfVips(), new FloatingIpsToVips());
    }

    @Override
    public List<ChangeListener> listeners() {
      return List.of(new BalancingListener(client));
    }

    @Override
    public void routes(Routes routes, Core core) {
      new StatisticsEndpoint(core, statistics).register(routes);
    }
  }
}
