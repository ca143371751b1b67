package org.midonet.neutron.agent;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.midonet.neutron.resource.Attribute;
import org.midonet.neutron.resource.Standard;

/**
 * Agents that another program knows of: they are shown behind those that report here, and cannot be
 * changed. Implementations are safe to share between threads, and end in bounded time with an error
 * for the user where that program does not answer.
 */
public interface AgentSource {
  /** There is no such program. */
  AgentSource NONE =
      new AgentSource() {
        @Override
        public List<Agent> agents() {
          return List.of();
        }

        @Override
        public Optional<Agent> agent(UUID id) {
          return Optional.empty();
        }
      };

  /**
   * An agent that its source takes for alive.
   *
   * @param type as {@code agent_type} shows it
   */
  record Agent(UUID id, String type, String binary) {
    /** What is shown of it; the rest is null. */
    Map<Attribute<?>, Object> values() {
      return Map.of(
          Standard.ID,
          id.toString(),
          Agents.AGENT_TYPE,
          type,
          Agents.BINARY,
          binary,
          Agents.ADMIN_STATE_UP,
          true,
          Agents.ALIVE,
          true,
          Agents.CONFIGURATIONS,
          Map.of());
    }
  }

  /** All of them. */
  List<Agent> agents();

  /** One of them. */
  Optional<Agent> agent(UUID id);
}
