package org.midonet.plugin.midonet;

import java.util.List;
import java.util.Set;
import org.midonet.neutron.api.Feature;
import org.midonet.neutron.plugin.Plugin;
import org.midonet.neutron.port.PortBinder;
import org.midonet.neutron.service.ChangeListener;
import org.midonet.neutron.service.Hook;
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
          MidonetResource.SECURITY_GROUP_RULE);

  private final MidonetClient client;

  /** A plugin that tells MidoNet through the client; greets MidoNet at once. */
  public MidonetV2Plugin(MidonetClient client) {
    this.client = client;
    client.initialize();
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
    return List.of(new Rules(client));
  }

  @Override
  public PortBinder binder() {
    return (port, host, vnicType) -> HostBindings.VIF;
  }

  private record Rules(MidonetClient client) implements Feature {
    @Override
    public List<Hook> hooks() {
      return List.of(new ProviderNetworks(), new HostBindings(), new GatewayPorts());
    }

    @Override
    public List<ChangeListener> listeners() {
      return List.of(new MidonetListener(client, RESOURCES));
    }
  }
}
