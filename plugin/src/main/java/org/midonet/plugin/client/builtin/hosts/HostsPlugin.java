package org.midonet.plugin.client.builtin.hosts;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.api.Feature;
import org.midonet.neutron.config.AgentsConfig;
import org.midonet.neutron.plugin.Plugin;
import org.midonet.neutron.service.Hook;
import org.midonet.neutron.service.Sessions;
import org.midonet.plugin.client.builtin.BuiltInMidonet;

/** Shows what the hosts of the built-in MidoNet do. Safe to share between threads. */
public final class HostsPlugin implements Plugin {
  private final BuiltInMidonet midonet;
  private final AgentsConfig agents;
  private final boolean mixed;
  private volatile @Nullable HostWatch watch;

  /**
   * @param mixed whether networks may be somebody else's, as under ML2
   */
  public HostsPlugin(BuiltInMidonet midonet, AgentsConfig agents, boolean mixed) {
    this.midonet = midonet;
    this.agents = agents;
    this.mixed = mixed;
  }

  @Override
  public String name() {
    return "midonet_hosts";
  }

  @Override
  public Set<String> aliases() {
    return Set.of();
  }

  @Override
  public List<Feature> features() {
    return List.of(new Rules(new PlannedStatus(midonet, mixed)));
  }

  @Override
  public void started(Sessions sessions) {
    watch = HostWatch.start(midonet, sessions, agents);
  }

  @Override
  public void close() {
    HostWatch running = watch;
    if (running != null) {
      running.close();
    }
  }

  private record Rules(Hook hook) implements Feature {
    @Override
    public List<Hook> hooks() {
      return List.of(hook);
    }
  }
}
