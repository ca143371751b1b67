package org.midonet.plugin.l3;

import java.util.List;
import java.util.Set;
import org.midonet.neutron.api.Feature;
import org.midonet.neutron.plugin.Plugin;
import org.midonet.neutron.service.ChangeListener;
import org.midonet.plugin.client.MidonetClient;
import org.midonet.plugin.client.MidonetResource;
import org.midonet.plugin.tell.MidonetListener;

/**
 * The service plugin for routers and floating IPs (spec section 3.2). Stateless, safe to share
 * between threads.
 */
public final class MidonetL3Plugin implements Plugin {

  private static final Set<MidonetResource> RESOURCES =
      Set.of(MidonetResource.ROUTER, MidonetResource.FLOATING_IP);

  /**
   * Routers are never distributed over Neutron's agents nor made redundant by them: MidoNet's are
   * both by nature.
   */
  private static final Set<String> ALIASES =
      Set.of(
          "auto-allocated-topology",
          "ext-gw-mode",
          "extraroute",
          "extraroute-atomic",
          "fip-port-details",
          "floatingip-pools",
          "l3-port-ip-change-not-allowed",
          "l3_agent_scheduler",
          "router",
          "router_availability_zone");

  private final MidonetClient client;

  /** A plugin that tells MidoNet through the client. */
  public MidonetL3Plugin(MidonetClient client) {
    this.client = client;
  }

  @Override
  public String name() {
    return "midonet_l3";
  }

  @Override
  public Set<String> aliases() {
    return ALIASES;
  }

  @Override
  public List<Feature> features() {
    return List.of(new Telling(client));
  }

  private record Telling(MidonetClient client) implements Feature {
    @Override
    public List<ChangeListener> listeners() {
      return List.of(new MidonetListener(client, RESOURCES));
    }
  }
}
