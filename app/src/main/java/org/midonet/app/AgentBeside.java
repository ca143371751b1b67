package org.midonet.app;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.midonet.agent.AgentStatistics;
import org.midonet.neutron.config.NeutronConfig;
import org.midonet.neutron.error.NeutronException;
import org.midonet.nsdb.Nsdb;
import org.midonet.nsdb.NsdbException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The agent in the process of the API, started when the topology is there. Safe to share between
 * threads. Where it cannot run the API is served alone.
 */
final class AgentBeside implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AgentBeside.class);

  private final Thread starter;
  private volatile @Nullable HostAgent agent;

  private AgentBeside(NeutronConfig config, Supplier<Nsdb> nsdb) {
    this.starter = Thread.ofPlatform().name("start-agent").unstarted(() -> start(config, nsdb));
  }

  /** Starts the agent in the background. */
  static AgentBeside of(NeutronConfig config, Supplier<Nsdb> nsdb) {
    AgentBeside beside = new AgentBeside(config, nsdb);
    beside.starter.start();
    return beside;
  }

  private void start(NeutronConfig config, Supplier<Nsdb> nsdb) {
    try {
      HostAgent started = HostAgent.start(config, nsdb.get());
      agent = started;
      LOG.info("Packets are forwarded on this host, {}", started.name());
    } catch (Failure | NeutronException | NsdbException e) {
      LOG.warn("Packets are not forwarded on this host: {}", e.getMessage());
    } catch (RuntimeException | LinkageError e) {
      LOG.error("Packets are not forwarded on this host: the agent failed", e);
    }
  }

  /** What the agent has done until now, null while there is none. */
  @Nullable AgentStatistics statistics() {
    HostAgent running = agent;
    return running == null ? null : running.statistics();
  }

  @Override
  public void close() {
    try {
      starter.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    HostAgent running = agent;
    if (running != null) {
      running.close();
    }
  }
}
