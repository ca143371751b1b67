package org.midonet.plugin.l3;

import java.util.HashSet;
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

  /** What an operator switches off by {@code enable_dvr = false}. */
  private static final Set<String> DVR = Set.of("dvr", "router-admin-state-down-before-update");

  private static final Set<String> ALIASES =
      Set.of(
          "auto-allocated-topology",
          "dvr",
          "ext-gw-mode",
          "extraroute",
          "extraroute-atomic",
          "fip-port-details",
          "floatingip-pools",
          "l3-ha",
          "l3-port-ip-change-not-allowed",
          "l3_agent_scheduler",
          "router",
          "router-admin-state-down-before-update",
          "router_availability_zone");

  private final MidonetClient client;
  private final Set<String> aliases;

  /**
   * A plugin that tells MidoNet through the client.
   *
   * @param dvr whether an administrator may ask for distributed routers ([DEFAULT] enable_dvr)
   */
  public MidonetL3Plugin(MidonetClient client, boolean dvr) {
    this.client = client;
    this.aliases = new HashSet<>(ALIASES);
    if (!dvr) {
      aliases.removeAll(DVR);
    }
  }

  @Override
  public String name() {
    return "midonet_l3";
  }

  @Override
  public Set<String> aliases() {
    return Set.copyOf(aliases);
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
