package org.midonet.plugin.client.builtin.hosts;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.midonet.neutron.agent.AgentHeartbeats;
import org.midonet.neutron.config.AgentsConfig;
import org.midonet.neutron.error.NeutronException;
import org.midonet.neutron.service.Sessions;
import org.midonet.nsdb.Change;
import org.midonet.nsdb.Nsdb;
import org.midonet.nsdb.NsdbException;
import org.midonet.nsdb.StateKey;
import org.midonet.nsdb.Subscription;
import org.midonet.nsdb.Topology;
import org.midonet.plugin.client.builtin.BuiltInMidonet;
import org.midonet.topology.ObjectType;
import org.midonet.topology.Port;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the hosts of the built-in MidoNet and writes down what the Networking API shows of them.
 * Its methods are safe to share between threads; the rest is one thread's.
 *
 * <p>Of several API servers one does this. A port becomes ACTIVE at once. It becomes DOWN a moment
 * after its host says so, and when its host was silent for {@code agent_down_time}: an agent that
 * restarts changes nothing.
 */
final class HostWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HostWatch.class);
  private static final String ROLE = "neutron-status";

  /** In which an agent that stops says so, after it took back what it published of ports. */
  private static final Duration MOMENT = Duration.ofSeconds(1);

  /** As the agents of Neutron report ({@code report_interval}). */
  private static final Duration REPORTS = Duration.ofSeconds(30);

  private final BuiltInMidonet midonet;
  private final Duration downTime;
  private final HostReports reports;
  private final PortStatuses statuses;
  private final Thread thread;

  /** Ports and hosts of which something changed. Guarded by itself. */
  private final Set<UUID> changed = new HashSet<>();

  /** When ports changed that are not settled, in nanoseconds of {@link System#nanoTime}. */
  private final Map<UUID, Long> noted = new HashMap<>();

  /** Since when hosts are silent. */
  private final Map<UUID, Long> silent = new HashMap<>();

  private volatile boolean closed;
  private boolean led;
  private long reported;

  private HostWatch(BuiltInMidonet midonet, Sessions sessions, AgentsConfig agents) {
    this.midonet = midonet;
    this.downTime = agents.agentDownTime();
    this.reports = new HostReports(new AgentHeartbeats(agents, sessions));
    this.statuses = new PortStatuses(sessions);
    this.reported = System.nanoTime() - REPORTS.toNanos();
    this.thread = Thread.ofVirtual().name("host-watch").unstarted(this::run);
  }

  /** Follows in the background, from when the topology is there. */
  static HostWatch start(BuiltInMidonet midonet, Sessions sessions, AgentsConfig agents) {
    HostWatch watch = new HostWatch(midonet, sessions, agents);
    watch.thread.start();
    return watch;
  }

  private void run() {
    try {
      Nsdb nsdb = awaitNsdb();
      try (Subscription subscription =
              nsdb.watch((before, after, changes) -> changes.forEach(this::note));
          Nsdb.Candidacy candidacy = nsdb.runFor(ROLE)) {
        LOG.debug("following hosts from {}", subscription.start().count(ObjectType.HOST));
        while (!closed) {
          await(nsdb);
          step(nsdb.topology(), candidacy.isLeader());
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("following hosts no more");
    } catch (NsdbException e) {
      LOG.warn("The status of ports no longer follows the hosts: {}", e.getMessage());
    }
  }

  private Nsdb awaitNsdb() throws InterruptedException {
    while (true) {
      try {
        return midonet.nsdb();
      } catch (NeutronException e) {
        Thread.sleep(MOMENT);
      }
    }
  }

  private void note(Change change) {
    if (change instanceof Change.OfState state) {
      String key = state.key().key();
      if (key.equals(StateKey.ACTIVE) || key.equals(StateKey.ALIVE)) {
        note(state.key().id());
      }
    } else if (change instanceof Change.OfObject object
        && object.before() instanceof Port before
        && before.isExterior()) {
      note(object.id());
    }
  }

  private void note(UUID id) {
    synchronized (changed) {
      changed.add(id);
      changed.notifyAll();
    }
  }

  /** Waits for a change; without hosts for nothing else. */
  private void await(Nsdb nsdb) throws InterruptedException {
    synchronized (changed) {
      if (nsdb.topology().count(ObjectType.HOST) == 0) {
        while (changed.isEmpty()) {
          changed.wait();
        }
      } else if (changed.isEmpty()) {
        changed.wait(Math.max(1, untilNext().toMillis()));
      }
      changed.forEach(id -> noted.putIfAbsent(id, System.nanoTime()));
      changed.clear();
    }
  }

  private Duration untilNext() {
    return noted.isEmpty() ? REPORTS.minusNanos(System.nanoTime() - reported) : MOMENT;
  }

  private void step(Topology topology, boolean leads) {
    noteSilence(topology);
    if (!leads) {
      led = false;
      noted.clear();
      return;
    }
    if (!led) {
      led = true;
      topology.list(ObjectType.PORT).stream()
          .filter(Port::isExterior)
          .forEach(port -> noted.putIfAbsent(port.id(), System.nanoTime()));
    }
    try {
      settle(topology);
      report(topology);
    } catch (RuntimeException e) {
      LOG.warn("The status of ports and hosts could not be noted, and will be: {}", e.toString());
      reported = System.nanoTime();
    }
  }

  private void noteSilence(Topology topology) {
    silent
        .keySet()
        .removeIf(host -> topology.isAlive(host) || !topology.has(ObjectType.HOST, host));
    topology.list(ObjectType.HOST).stream()
        .filter(host -> !topology.isAlive(host.id()))
        .forEach(host -> silent.putIfAbsent(host.id(), System.nanoTime()));
  }

  private void settle(Topology topology) {
    long now = System.nanoTime();
    Map<String, String> wanted = new HashMap<>();
    List<UUID> settled = new ArrayList<>();
    noted.forEach((id, since) -> {
      if (topology.has(ObjectType.HOST, id)) {
        reported = now - REPORTS.toNanos(); // it came or went
        settled.add(id);
      } else if (topology.isActive(id)) {
        wanted.put(id.toString(), PlannedStatus.ACTIVE);
        settled.add(id);
      } else if (downAt(topology, id, since) <= now) {
        wanted.put(id.toString(), PlannedStatus.DOWN);
        settled.add(id);
      }
    });
    statuses.set(wanted);
    settled.forEach(noted::remove);
  }

  /** When a port that is not active is to be shown as DOWN. */
  private long downAt(Topology topology, UUID portId, long since) {
    Port port = topology.find(ObjectType.PORT, portId);
    UUID host = port == null ? null : port.hostId();
    Long silence = host == null ? null : silent.get(host);
    return silence == null
        ? since + MOMENT.toNanos()
        : Math.max(since, silence) + downTime.toNanos();
  }

  private void report(Topology topology) {
    if (System.nanoTime() - reported >= REPORTS.toNanos()) {
      reports.report(topology);
      reported = System.nanoTime();
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}
