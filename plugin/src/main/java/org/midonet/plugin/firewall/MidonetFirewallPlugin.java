package org.midonet.plugin.firewall;

import java.util.List;
import java.util.Set;
import org.midonet.neutron.api.Feature;
import org.midonet.neutron.plugin.Plugin;
import org.midonet.neutron.service.ChangeListener;
import org.midonet.neutron.service.Sessions;
import org.midonet.plugin.client.MidonetClient;

/** The service plugin for firewalls. Stateless, safe to share between threads. */
public final class MidonetFirewallPlugin implements Plugin {
  private final MidonetClient client;

  /** A plugin that tells MidoNet through the client. */
  public MidonetFirewallPlugin(MidonetClient client) {
    this.client = client;
  }

  @Override
  public String name() {
    return "midonet_firewall";
  }

  @Override
  public Set<String> aliases() {
    return Set.of("fwaas", "fwaasrouterinsertion");
  }

  @Override
  public List<Feature> features() {
    return List.of(new Telling(client));
  }

  /** What a server that died left waiting is told, or is told anew by the next change. */
  @Override
  public void started(Sessions sessions) {
    Unfinished.settle(sessions, client.isToldByCommit());
  }

  private record Telling(MidonetClient client) implements Feature {
    @Override
    public List<ChangeListener> listeners() {
      return List.of(new FirewallListener(client));
    }
  }
}
