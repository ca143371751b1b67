package org.midonet.plugin.midonet;

import java.util.List;
import java.util.Set;
import org.midonet.neutron.api.Feature;
import org.midonet.neutron.config.NeutronConfig;
import org.midonet.neutron.network.Mtus;
import org.midonet.neutron.network.ProviderNetworks;
import org.midonet.neutron.plugin.Plugin;
import org.midonet.neutron.port.PortBinder;
import org.midonet.neutron.service.ChangeListener;
import org.midonet.neutron.service.Hook;
import org.midonet.neutron.service.Sessions;
import org.midonet.plugin.client.MidonetClient;
import org.midonet.plugin.client.MidonetResource;
import org.midonet.plugin.tell.MidonetListener;

/**
 * The core plugin for MidoNet 5.0 and later: networks, subnets, ports and security groups (spec
 * section 3.1). Stateless, safe to share between threads.
 */
public final class MidonetV2Plugin implements Plugin {

  private static final Set<MidonetResource> RESOURCES =
      Set.of(
          MidonetResource.NETWORK,
          MidonetResource.SUBNET,
          MidonetResource.PORT,
          MidonetResource.SECURITY_GROUP,
          MidonetResource.SECURITY_GROUP_RULE,
          MidonetResource.AGENT_MEMBERSHIP);

  private final MidonetClient client;
  private final Hook networkTypes;

  /**
   * A plugin that tells MidoNet through the client.
   *
   * @throws IllegalArgumentException when {@code [ml2]} names a type of network there is not; the
   *     message is for the operator
   */
  public MidonetV2Plugin(MidonetClient client, NeutronConfig config) {
    this.client = client;
    this.networkTypes = networkTypes(config);
  }

  /** MidoNet's own types, and those of ML2 too where {@code type_drivers} asks for them. */
  private static Hook networkTypes(NeutronConfig config) {
    return config.ml2().typed()
        ? new ProviderNetworks(config, Set.of(UplinkNetworks.MIDONET, UplinkNetworks.UPLINK))
        : new UplinkNetworks(Mtus.of(config), config.midonet().tunnelProtocol());
  }

  @Override
  public String name() {
    return "midonet_v2";
  }

  @Override
  public Set<String> aliases() {
    return CoreAliases.ALL;
  }

  @Override
  public List<Feature> features() {
    return List.of(new Rules(client, networkTypes), new AgentMembershipFeature());
  }

  @Override
  public PortBinder binder() {
    return (port, host, vnicType) -> HostBindings.VIF;
  }

  /** Greets MidoNet. */
  @Override
  public void started(Sessions sessions) {
    client.initialize(sessions);
  }

  @Override
  public void close() {
    client.close();
  }

  private record Rules(MidonetClient client, Hook networkTypes) implements Feature {
    @Override
    public List<Hook> hooks() {
      return List.of(networkTypes, new HostBindings(), new GatewayPorts());
    }

    @Override
    public List<ChangeListener> listeners() {
      return List.of(new MidonetListener(client, RESOURCES));
    }
  }
}
