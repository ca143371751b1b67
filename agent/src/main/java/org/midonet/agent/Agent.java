package org.midonet.agent;

import java.util.Collection;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.midonet.agent.balance.HealthMonitors;
import org.midonet.agent.balance.PoolCounts;
import org.midonet.agent.control.AgentControl;
import org.midonet.agent.control.ControlSocket;
import org.midonet.agent.datapath.Datapath;
import org.midonet.agent.datapath.DatapathException;
import org.midonet.agent.forward.Forwarding;
import org.midonet.agent.forward.Timings;
import org.midonet.agent.host.BindingNotes;
import org.midonet.agent.host.Bindings;
import org.midonet.agent.host.HostIdentity;
import org.midonet.agent.host.HostRegistration;
import org.midonet.agent.host.LeasedBlocks;
import org.midonet.agent.host.LinkFollower;
import org.midonet.agent.host.Plugs;
import org.midonet.agent.linux.Link;
import org.midonet.agent.metadata.MetadataService;
import org.midonet.agent.sim.HealthProber;
import org.midonet.nsdb.Change;
import org.midonet.nsdb.Nsdb;
import org.midonet.nsdb.NsdbException;
import org.midonet.nsdb.Subscription;
import org.midonet.topology.ObjectType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The agent of a host: tells MidoNet of the host, attaches what is bound to it, and forwards. Safe
 * to share.
 *
 * <p>It works in the network namespace of the thread that starts it.
 */
public final class Agent implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Agent.class);
  private static final String METADATA_DEVICE = "md";
  private static final String HEALTH_DEVICE = "hm";
  private static final String FLOW_STATE = "flow-state";

  private final Nsdb nsdb;
  private final HostIdentity identity;
  private final Datapath datapath;
  private final MetadataService metadata;
  private final LeasedBlocks natBlocks;
  private final HealthMonitors health;
  private final Forwarding forwarding;
  private final PoolCounts poolCounts;
  private final HostRegistration registration;
  private final Plugs plugs;
  private final Timings plugging = new Timings();

  /** Bindings are dealt with here, for attaching takes longer than the store's thread may. */
  private final ThreadPoolExecutor worker =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(2),
          Thread.ofPlatform().name("agent-bindings").daemon().factory());

  private final AtomicBoolean bindingsChanged = new AtomicBoolean();
  private final Subscription subscription;
  private final LinkFollower links;
  private final ControlSocket control;
  private long published;

  private Agent(AgentSettings settings, Nsdb nsdb, Datapath datapath) {
    this.nsdb = nsdb;
    this.datapath = datapath;
    worker.prestartAllCoreThreads();
    Underlay underlay = Underlay.find(settings.underlay());
    identity = HostIdentity.establish(nsdb, settings.folder(), settings.host());
    natBlocks = LeasedBlocks.of(nsdb.portBlocks(identity.id()), nsdb::topology);
    metadata = MetadataService.prepare(settings.datapath().name() + METADATA_DEVICE);
    health = HealthMonitors.prepare(settings.datapath().name() + HEALTH_DEVICE, identity.id());
    forwarding =
        Forwarding.start(
            nsdb,
            identity.id(),
            datapath,
            forwarding(settings, underlay, natBlocks, metadata),
            health.prober());
    forwarding.attach(HealthProber.portOf(identity.id()), health.device(), health.mtu());
    metadata.start(nsdb, settings.novaMetadata(), settings.metadataSecret(), forwarding::machineAt);
    registration = HostRegistration.announce(nsdb, identity, underlay.address(), settings.folder());
    plugs = new Plugs(nsdb, identity.id(), new Board(), plugging::add);
    subscription =
        nsdb.watch((before, after, changes) -> {
          if (changes.stream().anyMatch(Agent::isOfPort)) {
            followBindings();
          }
        });
    links = LinkFollower.start(this::linksChanged);
    plugs.bound(Bindings.of(nsdb.topology(), identity.id()));
    forwarding.detachOthers();
    health.start(nsdb);
    poolCounts = PoolCounts.start(nsdb, identity.id(), forwarding);
    control =
        ControlSocket.open(
            settings.socket(), new AgentControl(new Bindings(nsdb, identity.id()), forwarding));
    Thread.ofVirtual()
        .name("agent-notes")
        .start(() -> BindingNotes.carryOut(settings.socket(), new Bindings(nsdb, identity.id())));
    LOG.info(
        "This is host {} ({}), reached by its peers at {}",
        identity.name(),
        identity.id(),
        underlay.address());
  }

  private static Forwarding.Settings forwarding(
      AgentSettings settings, Underlay underlay, LeasedBlocks natBlocks, MetadataService metadata) {
    return new Forwarding.Settings(
        settings.datapath().flows(),
        settings.dhcpMtu(),
        underlay.mtu(),
        settings.domain(),
        natBlocks,
        settings.folder().resolve(FLOW_STATE),
        new Forwarding.MetadataInterface(
            metadata.device(), MetadataService.MAC, MetadataService.LISTEN_PORT, metadata.mtu()));
  }

  /**
   * Starts the agent; ports that are bound to interfaces of this host forward when this returns.
   *
   * @param datapath closed with the agent
   */
  public static Agent start(AgentSettings settings, Nsdb nsdb, Datapath datapath) {
    return new Agent(settings, nsdb, datapath);
  }

  /** Which host this is. */
  public HostIdentity identity() {
    return identity;
  }

  /** What was done until now. */
  public AgentStatistics statistics() {
    return new AgentStatistics(
        forwarding.statistics(),
        plugging.snapshot(),
        Bindings.of(nsdb.topology(), identity.id()).size(),
        plugs.attached(),
        plugs.active());
  }

  private static boolean isOfPort(Change change) {
    return change instanceof Change.OfObject object && object.type() == ObjectType.PORT;
  }

  /** However many bindings change at once, they are looked at as they are then. */
  private void followBindings() {
    if (bindingsChanged.compareAndSet(false, true)) {
      execute(
          worker,
          () -> {
            bindingsChanged.set(false);
            plugs.bound(Bindings.of(nsdb.topology(), identity.id()));
          });
    }
  }

  private static void execute(ExecutorService executor, Runnable task) {
    try {
      executor.execute(() -> {
        try {
          task.run();
        } catch (RuntimeException e) {
          LOG.error("bindings were not followed", e);
        }
      });
    } catch (RejectedExecutionException e) {
      LOG.debug("the agent stops");
    }
  }

  private void linksChanged(Collection<Link> present) {
    plugs.interfaces(present);
    long now = System.nanoTime();
    if (now - published >= TimeUnit.SECONDS.toNanos(1)) {
      published = now;
      registration.publishLinks(present);
    }
  }

  /** Takes everything back: what was attached is the host's again. */
  @Override
  public void close() {
    control.close();
    links.close();
    subscription.close();
    poolCounts.close();
    health.close();
    worker.shutdown();
    withdraw(plugs::close);
    withdraw(registration::close);
    forwarding.close();
    natBlocks.close();
    metadata.close();
    datapath.close();
  }

  /** What was published goes with the session if the store is away; the rest must go anyway. */
  private static void withdraw(Runnable task) {
    try {
      task.run();
    } catch (NsdbException e) {
      LOG.warn("This host could not take back what it told: {}", e.getMessage());
    }
  }

  /** Where bound interfaces are attached. */
  private final class Board implements Plugs.Sockets {
    @Override
    public @Nullable Integer attach(UUID port, Link device) {
      try {
        return forwarding.attach(port, device.name(), device.mtu());
      } catch (DatapathException e) {
        if (device.up()) {
          LOG.warn("Port {} cannot be attached to {}: {}", port, device.name(), e.getMessage());
        } else {
          LOG.debug("{} went down and away: {}", device.name(), e.getMessage());
        }
        return null;
      }
    }

    @Override
    public void detach(UUID port, int number) {
      forwarding.detach(port);
    }
  }
}
