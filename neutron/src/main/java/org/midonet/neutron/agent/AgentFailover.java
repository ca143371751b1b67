package org.midonet.neutron.agent;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.midonet.neutron.auth.RequestContext;
import org.midonet.neutron.config.AgentsConfig;
import org.midonet.neutron.error.NeutronException;
import org.midonet.neutron.network.Networks;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.service.Session;
import org.midonet.neutron.service.Sessions;
import org.midonet.neutron.service.Tables;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves networks and routers from agents that have been silent for twice {@code agent_down_time} to
 * others; safe to share between threads.
 *
 * <p>It looks every half {@code agent_down_time}, and is slow to believe in a death: not in the
 * first round after a start, nor after a jump of the clock, since no agent could report meanwhile.
 * Networks stay where they are while no DHCP agent lives, and routers while no L3 agent could take
 * them.
 */
final class AgentFailover implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(AgentFailover.class);

  /** What a starting DHCP agent may take for each of its networks before it reports. */
  private static final Duration START_OF_NETWORK = Duration.ofSeconds(2);

  private final AgentsConfig config;
  private final Sessions sessions;
  private final AgentService agents;
  private final NetworkScheduling networks;
  private final RouterScheduling routers;
  private final List<ResourceType> routerTypes;
  private final AgentTell tell;
  private final Clock clock;
  private final Duration deadAfter;
  private final CountDownLatch closed = new CountDownLatch(1);
  private Instant lastLook;
  private Instant quietUntil = Instant.MIN;

  /**
   * Makes one that does nothing yet.
   *
   * @param routerTypes the router, where a plugin serves routers
   */
  AgentFailover(
      AgentsConfig config,
      Sessions sessions,
      AgentService agents,
      NetworkScheduling networks,
      RouterScheduling routers,
      List<ResourceType> routerTypes,
      AgentTell tell,
      Clock clock) {
    this.config = config;
    this.sessions = sessions;
    this.agents = agents;
    this.networks = networks;
    this.routers = routers;
    this.routerTypes = routerTypes;
    this.tell = tell;
    this.clock = clock;
    this.deadAfter = config.agentDownTime().multipliedBy(2);
    this.lastLook = clock.instant();
  }

  /** Looks from time to time until closed. */
  void start() {
    if (config.allowAutomaticDhcpFailover() || config.allowAutomaticL3agentFailover()) {
      Thread.ofVirtual().name("agent-failover").start(this::run);
    }
  }

  private void run() {
    long interval = Math.max(config.agentDownTime().toMillis() / 2, 1_000);
    try {
      // Servers that start together shall not all look at the same moment.
      long pause = interval + ThreadLocalRandom.current().nextLong(interval + 1);
      synchronized (this) {
        lastLook = clock.instant().plusMillis(pause - interval);
      }
      while (!closed.await(pause, TimeUnit.MILLISECONDS)) {
        look();
        pause = interval;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Moves once what there is to move. */
  synchronized void look() {
    try {
      if (clockIsSettled()) {
        if (config.allowAutomaticDhcpFailover()) {
          moveNetworks();
        }
        if (config.allowAutomaticL3agentFailover()) {
          routerTypes.forEach(this::moveRouters);
        }
      }
    } catch (RuntimeException e) {
      log.error("Could not look after dead agents", e);
    }
  }

  private boolean clockIsSettled() {
    Instant now = clock.instant();
    if (Duration.between(lastLook, now).compareTo(config.agentDownTime()) > 0) {
      log.warn("The clock has jumped; agents get {} s to report", deadAfter.toSeconds());
      quietUntil = now.plus(deadAfter);
    }
    lastLook = now;
    return !now.isBefore(quietUntil);
  }

  private void moveNetworks() {
    List<Resource> all = read(session -> of(session, AgentKind.DHCP));
    List<Resource> dead = all.stream().filter(this::isDead).filter(this::hasStarted).toList();
    if (dead.isEmpty()) {
      return;
    }
    if (all.stream().allMatch(agent -> !agents.alive(agent) && hasStarted(agent))) {
      log.warn("No DHCP agent lives; networks stay with those that are dead");
      return;
    }
    for (Resource agent : dead) {
      for (String network : read(session -> AgentBindings.DHCP.served(session, agent.id()))) {
        moveNetwork(agent, network);
      }
    }
  }

  /** The dead agent is not told: restarted, it would meet its own past. */
  private void moveNetwork(Resource agent, String networkId) {
    RequestContext context = context();
    try {
      List<Resource> added =
          sessions.write(
              context,
              session -> {
                DhcpPorts.unschedule(session, agent, networkId);
                return session
                    .find(Networks.TYPE, networkId)
                    .map(network -> networks.schedule(session, network))
                    .orElse(List.of());
              });
      log.warn(
          "Took network {} from the dead DHCP agent on {}, given to {}",
          networkId,
          agent.get(Agents.HOST),
          hosts(added));
      hosts(added).forEach(host -> tell.networkAdded(context, networkId, host));
    } catch (NeutronException e) {
      log.debug("Network {} was moved meanwhile: {}", networkId, e.text());
    }
  }

  private void moveRouters(ResourceType type) {
    List<Resource> dead =
        read(session -> of(session, AgentKind.L3)).stream()
            .filter(agent -> isDead(agent) && agent.get(Agents.ADMIN_STATE_UP))
            .toList();
    for (Resource agent : dead) {
      for (String router : read(session -> AgentBindings.L3.served(session, agent.id()))) {
        if (!read(session -> isRedundant(session, type, router))) {
          moveRouter(type, agent, router);
        }
      }
    }
  }

  /** A highly available router has other agents already. */
  private static boolean isRedundant(Session session, ResourceType type, String id) {
    return session.find(type, id).filter(r -> Boolean.TRUE.equals(r.raw("ha"))).isPresent();
  }

  private void moveRouter(ResourceType type, Resource agent, String routerId) {
    RequestContext context = context();
    String host = agent.get(Agents.HOST);
    try {
      Resource chosen =
          sessions.write(
              context,
              session -> {
                AgentBindings.L3.remove(session, routerId, agent.id());
                Resource other =
                    routers
                        .choose(session, session.get(type, routerId))
                        .orElseThrow(() -> AgentErrors.cannotReschedule(routerId));
                AgentBindings.L3.add(session, routerId, other.id());
                return other;
              });
      log.warn(
          "Took router {} from the dead L3 agent on {}, given to {}",
          routerId,
          host,
          chosen.get(Agents.HOST));
      tell.routerRemoved(context, routerId, host);
      tell.routerAdded(context, routerId, chosen.get(Agents.HOST));
    } catch (NeutronException e) {
      log.warn("Router {} stays with the dead L3 agent on {}: {}", routerId, host, e.text());
    }
  }

  private boolean isDead(Resource agent) {
    String heartbeat = agent.get(Agents.HEARTBEAT_TIMESTAMP);
    return heartbeat.compareTo(Agents.time(clock.instant().minus(deadAfter))) < 0;
  }

  /** An agent that sets up many networks may be late with its first reports. */
  private boolean hasStarted(Resource agent) {
    int served = read(session -> AgentBindings.DHCP.served(session, agent.id())).size();
    Instant up =
        Agents.time(agent.get(Agents.STARTED_AT))
            .plus(deadAfter)
            .plus(START_OF_NETWORK.multipliedBy(served));
    return !up.isAfter(clock.instant());
  }

  private static List<Resource> of(Session session, AgentKind kind) {
    return session.list(Agents.TYPE, Tables.text(Agents.AGENT_TYPE).eq(kind.agentType()));
  }

  private static List<String> hosts(List<Resource> some) {
    return some.stream().map(agent -> agent.get(Agents.HOST)).toList();
  }

  private <T> T read(Function<Session, T> body) {
    return sessions.read(context(), body);
  }

  private static RequestContext context() {
    return RequestContext.admin("req-failover");
  }

  /** Looks no more; a move under way ends first. */
  @Override
  public void close() {
    closed.countDown();
    synchronized (this) {
      log.debug("Looks no more after dead agents");
    }
  }
}
