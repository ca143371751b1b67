package org.midonet.neutron.plugin;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.agent.AgentSource;
import org.midonet.neutron.api.Feature;
import org.midonet.neutron.port.PortBinder;
import org.midonet.neutron.service.Sessions;

/**
 * A core or service plugin: chooses which extensions are served and brings rules and listeners of
 * its own (as a {@link Feature}: hooks for provider attributes and port binding, a change listener
 * that tells the backend). Implementations are stateless and shared between threads.
 */
public interface Plugin extends AutoCloseable {
  /** The name by which neutron.conf selects it. */
  String name();

  /** The aliases of the extensions it serves; those this program does not have are ignored. */
  Set<String> aliases();

  /** Its own resources, rules and listeners. */
  default List<Feature> features() {
    return List.of();
  }

  /** How ports are plugged on hosts; null if that is another plugin's to say. */
  default @Nullable PortBinder binder() {
    return null;
  }

  /** Agents that do not report to this server. */
  default AgentSource agents() {
    return AgentSource.NONE;
  }

  /**
   * Called once before the server answers, when its tables are there.
   *
   * @param sessions to read and write with
   */
  default void started(Sessions sessions) {}

  /** Lets go of connections. */
  @Override
  default void close() {}
}
