package org.midonet.plugin.midonet;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.midonet.neutron.agent.AgentSource;
import org.midonet.neutron.api.Feature;
import org.midonet.neutron.config.NeutronConfig;
import org.midonet.neutron.network.Mtus;
import org.midonet.neutron.plugin.Plugin;
import org.midonet.neutron.port.PortBinder;
import org.midonet.neutron.service.ChangeListener;
import org.midonet.neutron.service.Hook;
import org.midonet.neutron.service.Sessions;
import org.midonet.plugin.client.MidonetClient;
import org.midonet.plugin.client.MidonetResource;
import org.midonet.plugin.tell.MidonetListener;

/**
 * The core plugins: networks, subnets, ports and security groups (spec sections 2, 3.1 and 4.1).
 * They differ in what they serve, in their types of networks and in what they tell. Stateless, safe
 * to share between threads.
 */
public final class MidonetCorePlugin implements Plugin {

  private static final Set<MidonetResource> CORE =
      Set.of(
          MidonetResource.NETWORK,
          MidonetResource.SUBNET,
          MidonetResource.PORT,
          MidonetResource.SECURITY_GROUP,
          MidonetResource.SECURITY_GROUP_RULE,
          MidonetResource.AGENT_MEMBERSHIP);

  private final String name;
  private final Set<String> aliases;
  private final MidonetClient client;
  private final boolean greets;
  private final List<Feature> features;

  private MidonetCorePlugin(
      String name,
      Set<String> aliases,
      MidonetClient client,
      boolean greets,
      List<Feature> features) {
    this.name = name;
    this.aliases = aliases;
    this.client = client;
    this.greets = greets;
    this.features = features;
  }

  /**
   * The plugin for MidoNet v2015.03 and v2015.06, which serves routers and floating IPs too. Its
   * networks have no types.
   */
  public static MidonetCorePlugin v1(MidonetClient client, NeutronConfig config) {
    Set<MidonetResource> all = EnumSet.complementOf(EnumSet.of(MidonetResource.AGENT_MEMBERSHIP));
    List<Hook> hooks = List.of(untyped(config), new HostBindings(), new GatewayPorts());
    return new MidonetCorePlugin(
        "midonet",
        CoreAliases.v1(config.router().enableDvr()),
        client,
        false,
        List.of(new Rules(hooks, new MidonetListener(client, all))));
  }

  /**
   * The plugin for MidoNet 5.0 and later. Its networks have the types of ML2 where {@code [ml2]
   * type_drivers} asks for them.
   *
   * @throws IllegalArgumentException when {@code [ml2]} names a type of network there is not; the
   *     message is for the operator
   */
  public static MidonetCorePlugin v2(MidonetClient client, NeutronConfig config) {
    Hook types = config.ml2().typed() ? Ml2.everyType(config) : untyped(config);
    List<Hook> hooks = List.of(types, new HostBindings(), new GatewayPorts());
    return new MidonetCorePlugin(
        "midonet_v2",
        CoreAliases.ALL,
        client,
        true,
        List.of(new Rules(hooks, new MidonetListener(client, CORE)), new AgentMembershipFeature()));
  }

  /**
   * MidoNet by the names of ML2. Its networks have the types of {@code [ml2] type_drivers}; MidoNet
   * is told of those of type {@code midonet} and {@code uplink}.
   *
   * @throws IllegalArgumentException when {@code [ml2]} names a driver there is not, or no type of
   *     MidoNet; the message is for the operator
   */
  public static MidonetCorePlugin ml2(MidonetClient client, NeutronConfig config) {
    Ml2.requireDrivers(config.ml2());
    List<Hook> hooks =
        List.of(
            Ml2.configuredTypes(config), new Ml2Bindings(), new Ml2Routers(), new GatewayPorts());
    return new MidonetCorePlugin(
        "ml2",
        CoreAliases.ML2,
        client,
        true,
        List.of(new Rules(hooks, new MidonetListener(client, CORE).amongOthers())));
  }

  private static Hook untyped(NeutronConfig config) {
    return new UplinkNetworks(Mtus.of(config), config.midonet().tunnelProtocol());
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Set<String> aliases() {
    return aliases;
  }

  @Override
  public List<Feature> features() {
    return features;
  }

  /** Plugin v2 alone has ever shown them. */
  @Override
  public AgentSource agents() {
    return name.equals("midonet_v2") ? client.agents() : AgentSource.NONE;
  }

  @Override
  public PortBinder binder() {
    return (port, host, vnicType) -> HostBindings.VIF;
  }

  /** Greets MidoNet; 2015's never was. */
  @Override
  public void started(Sessions sessions) {
    if (greets) {
      client.initialize(sessions);
    }
  }

  @Override
  public void close() {
    client.close();
  }

  private record Rules(List<Hook> hooks, ChangeListener listener) implements Feature {
    @Override
    public List<ChangeListener> listeners() {
      return List.of(listener);
    }
  }
}
