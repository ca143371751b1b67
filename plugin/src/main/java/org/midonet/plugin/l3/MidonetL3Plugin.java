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

  private final MidonetClient client;
  private final Set<String> aliases;

  /**
   * A plugin that tells MidoNet through the client.
   *
   * @param dvr whether an administrator may ask for distributed routers ([DEFAULT] enable_dvr)
   */
  public MidonetL3Plugin(MidonetClient client, boolean dvr) {
    this.client = client;
    this.aliases = L3Aliases.of(dvr);
  }

  @Override
  public String name() {
    return "midonet_l3";
  }

  @Override
  public Set<String> aliases() {
    return aliases;
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
