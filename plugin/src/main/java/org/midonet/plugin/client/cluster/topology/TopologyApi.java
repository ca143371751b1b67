package org.midonet.plugin.client.cluster.topology;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.midonet.neutron.agent.AgentSource;
import org.midonet.neutron.error.NeutronException;

/**
 * MidoNet's hosts as Neutron's agents, by asking the topology API of a MidoNet 5.0 (spec sections
 * 3.1.8 and 4.5). Immutable, safe to share between threads.
 *
 * <p>Each question is a connection of its own. One that is not answered in time, or with nonsense,
 * is {@code ClusterConnectionError}, 503.
 */
public final class TopologyApi implements AgentSource {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final String host;
  private final int port;
  private final Duration timeout;

  TopologyApi(String host, int port, Duration timeout) {
    this.host = host;
    this.port = port;
    this.timeout = timeout;
  }

  /**
   * The API at an address.
   *
   * @throws IllegalArgumentException if the port is none; the message is for the operator
   */
  public static TopologyApi at(String host, String port) {
    if (!port.matches("[0-9]{1,5}")
        || Integer.parseInt(port) < 1
        || Integer.parseInt(port) > 65535) {
      throw new IllegalArgumentException(
          "cluster_port in [MIDONET] is %s, which is no TCP port.".formatted(port));
    }
    return new TopologyApi(host, Integer.parseInt(port), TIMEOUT);
  }

  @Override
  public List<Agent> agents() {
    return ask(TopologySession::hosts).stream().map(TopologyApi::shown).toList();
  }

  @Override
  public Optional<Agent> agent(UUID id) {
    return ask(session -> session.isHost(id)) ? Optional.of(shown(id)) : Optional.empty();
  }

  private interface Question<T> {
    T of(TopologySession session) throws IOException;
  }

  private <T> T ask(Question<T> question) {
    try (TopologySession session =
        TopologySession.open(new InetSocketAddress(host, port), timeout)) {
      return question.of(session);
    } catch (IOException e) {
      String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      throw new NeutronException(
          503,
          "ClusterConnectionError",
          "The topology API of MidoNet at %s:%d does not answer: %s. Is it running, and are cluster_ip and cluster_port in [MIDONET] right?"
              .formatted(host, port, reason));
    }
  }

  private static Agent shown(UUID host) {
    return new Agent(host, "Midonet Agent", "midolman");
  }
}
