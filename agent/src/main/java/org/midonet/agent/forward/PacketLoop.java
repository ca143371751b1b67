package org.midonet.agent.forward;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.midonet.agent.datapath.Datapath;
import org.midonet.agent.datapath.Miss;
import org.midonet.agent.flow.Action;
import org.midonet.agent.flow.Actions;
import org.midonet.agent.flow.Flow;
import org.midonet.agent.flow.FlowKey;
import org.midonet.agent.flow.FlowTable;
import org.midonet.agent.flow.FlowTag;
import org.midonet.agent.flow.Input;
import org.midonet.agent.sim.DropReason;
import org.midonet.agent.sim.Generated;
import org.midonet.agent.sim.HealthProber;
import org.midonet.agent.sim.Simulation;
import org.midonet.agent.sim.SimulationSettings;
import org.midonet.agent.sim.Tag;
import org.midonet.agent.sim.Verdict;
import org.midonet.agent.state.Effect;
import org.midonet.agent.state.NatBlocks;
import org.midonet.agent.state.NeighbourKey;
import org.midonet.agent.state.Origin;
import org.midonet.nsdb.Topology;
import org.midonet.packets.frame.Ethernet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides about packets that come up, one after the other. Confined to one thread, but for {@link
 * #execute}, {@link #start} and {@link #close}.
 */
final class PacketLoop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PacketLoop.class);
  private static final long POLL_MILLIS = 20;
  private static final long SWEEP_MILLIS = 1000;

  /** Of so much time one part may go to sweeps. */
  private static final long SWEEP_SHARE = 5;

  /** In which ports are attached again before the flows of an agent before this one go. */
  private static final long GRACE_MILLIS = 2000;

  /** How often a decision is made anew because the topology changed meanwhile. */
  private static final int ATTEMPTS = 10;

  /** Between advertisements of routers that nobody asked for (RFC 4861 section 6.2.1). */
  private static final long ADVERTISE_MILLIS = 200_000;

  private static final int MOST_QUESTIONS = 10_000;
  private static final Duration IDLE = Duration.ofSeconds(60);
  private static final Duration NEVER = Duration.ZERO;

  private final Datapath datapath;
  private final FlowTable flows;
  private final TopologyFollower topology;
  private final LocalPorts ports;
  private final StateKeeper state;
  private final PeerState peers;
  private final StatePushes pushes;
  private final Sender sender;
  private final UUID hostId;
  private final Losses losses = new Losses(StateKeeper::now);
  private final SimulationSettings settings;
  private final Tally tally;
  private final Watches watches;
  private final WaitingPackets<Packet> waiting = new WaitingPackets<>();
  private final NatBlocks natBlocks;
  private final ParkedPackets parked = new ParkedPackets();
  private final Delivery delivery;
  private final Templating templating;
  private final BegunSweep begun;

  /** How neighbours were asked, to ask them again before they are forgotten. */
  private final Map<NeighbourKey, List<Generated>> questions =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<NeighbourKey, List<Generated>> eldest) {
          return size() > MOST_QUESTIONS;
        }
      };

  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final Thread thread = Thread.ofPlatform().name("agent-packets").unstarted(this::run);
  private volatile boolean closed;
  private long advertised = StateKeeper.now();
  private long sweepDue = StateKeeper.now() + GRACE_MILLIS + SWEEP_MILLIS;

  PacketLoop(
      UUID hostId,
      Datapath datapath,
      FlowTable flows,
      TopologyFollower topology,
      LocalPorts ports,
      Egress egress,
      StateKeeper state,
      PeerState peers,
      StatePushes pushes,
      NatBlocks natBlocks,
      Tally tally,
      Templating templating,
      SimulationSettings settings) {
    this.hostId = hostId;
    this.datapath = datapath;
    this.flows = flows;
    this.topology = topology;
    this.ports = ports;
    this.state = state;
    this.peers = peers;
    this.pushes = pushes;
    this.natBlocks = natBlocks;
    this.settings = settings;
    this.tally = tally;
    this.watches = new Watches(ports);
    this.templating = templating;
    this.begun = templating.sweep(datapath, flows, state, peers);
    this.sender = new Sender(datapath, topology, egress, this::simulation, this::applyMade);
    this.delivery =
        new Delivery(
            datapath,
            flows,
            topology,
            ports,
            egress,
            peers,
            sender,
            watches,
            this::simulation,
            templating.maker(flows, begun, watches, peers));
  }

  void start() {
    natBlocks.whenMoreArrive(() -> execute(this::portsCame));
    thread.start();
  }

  /** Has something done between two packets. */
  void execute(Runnable task) {
    tasks.add(task);
  }

  /** Has packets watched, from the next one on, until the watch has seen enough or is ended. */
  void watch(PacketWatch watch) {
    execute(() -> watches.add(watch, flows, templating.begun(), templating.table()));
  }

  void unwatch(PacketWatch watch) {
    execute(() -> watches.remove(watch));
  }

  /** How many connections of templates there were at the last sweep. */
  int begun() {
    return begun.live();
  }

  /** What connections of templates have carried with a pool. */
  PoolTally tally(UUID pool) {
    return begun.tally(pool);
  }

  void retainPools(Set<UUID> pools) {
    execute(() -> begun.retainPools(pools));
  }

  int watchers() {
    return watches.size();
  }

  /**
   * Packets that wait for one of these neighbours are decided anew, and hosts told of connections.
   *
   * @param wanted by which ports, by host
   * @param told what hosts told of, which may be newer than what this one knows
   */
  void changed(Set<FlowTag> tags, Map<UUID, Set<UUID>> wanted, List<LearnedElsewhere> told) {
    for (FlowTag tag : tags) {
      if (tag instanceof NeighbourKey neighbour) {
        execute(() -> answered(neighbour));
      } else if (tag instanceof Tag.OfPort port && ports.find(port.id()) != null) {
        ports.rekey(port.id(), () -> topology.present().topology());
      }
    }
    if (!wanted.isEmpty()) {
      execute(() -> pushes.add(wanted));
    }
    if (!told.isEmpty()) {
      execute(() -> state.learnedElsewhere(told, topology.present().topology(), flows));
    }
  }

  /** What the machine at a port told of itself is over. */
  void detached(UUID port) {
    execute(() -> state.detached(port, flows));
  }

  private void run() {
    while (!closed) {
      try {
        datapath.poll(this::accept, POLL_MILLIS);
        begun.settleKilled(this::pollMore);
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
          begun.settleKilled(this::pollMore); // the task may be about them
          guarded("of a task", task);
        }
        state.flush();
        tick(StateKeeper.now());
      } catch (RuntimeException e) {
        losses.add("of the packet loop", e);
      }
    }
  }

  /** One that fails takes no other with it. */
  private void guarded(Object what, Runnable body) {
    try {
      body.run();
    } catch (RuntimeException e) {
      losses.add(what, e);
    }
  }

  private void tick(long now) {
    if (!waiting.isEmpty()) {
      for (WaitingPackets.Silence<Packet> silence : waiting.due(now)) {
        for (Packet packet : silence.packets()) {
          Packet alone = new Packet(packet.miss(), packet.input().without(silence.neighbour()));
          guarded(silence.neighbour(), () -> decide(alone));
        }
      }
    }
    pushes.tick(topology.present().topology(), hostId, now);
    if (now >= sweepDue) {

      Topology present = topology.present().topology();
      // Packets do not wait for it, and with many flows it does not take all of the time.
      state.sweep(flows, known -> peers.tell(present, known), this::pollMore, now);
      templating.killAdopted();
      begun.run(present, this::pollMore, now);
      long taken = StateKeeper.now() - now;
      sweepDue = now + Math.max(SWEEP_MILLIS, SWEEP_SHARE * taken);
      for (NeighbourKey neighbour : state.staleNeighbours(now)) {
        guarded(
            neighbour, () -> questions.getOrDefault(neighbour, List.of()).forEach(sender::send));
      }
    }
    if (begun.isUrgent()) {
      begun.run(topology.present().topology(), this::pollMore, now);
    }
    if (now - advertised >= ADVERTISE_MILLIS) {
      advertised = now;
      advertise();
    }
  }

  private void pollMore() {
    datapath.poll(this::accept, 0);
  }

  private void advertise() {
    Simulation simulation = simulation();
    for (UUID port : ports.ids()) {
      Generated advertisement = simulation.advertisement(port);
      if (advertisement != null) {
        sender.send(advertisement);
      }
    }
  }

  private void accept(Miss miss) {
    guarded(
        miss.key(),
        () -> {
          tally.waited(System.nanoTime() - miss.nanos());
          switch (miss.key().input()) {
            case Input.Port port -> fromPort(miss, port.number());
            case Input.Tunnel tunnel -> fromPeer(miss, tunnel.key());
          }
        });
  }

  private void fromPort(Miss miss, int number) {
    UUID port = ports.idOf(number);
    Ethernet frame = Ethernet.parse(miss.frame());
    if (port != null && frame != null) {
      decide(new Packet(miss, Simulation.Input.of(frame, port)));
    }
  }

  /** The host that it comes from has decided; the key says by which port it leaves. */
  private void fromPeer(Miss miss, int key) {
    if (key == PeerState.KEY) {
      state.importState(PeerState.read(miss.frame()), flows);
      return;
    }
    tally.fromPeer();
    long stamp = flows.stamp();
    LocalPorts.Attached port =
        key == HealthProber.KEY ? ports.find(HealthProber.portOf(hostId)) : ports.findByKey(key);
    if (port != null) {
      Actions actions = Actions.of(new Action.Output(port.number()));
      Set<FlowTag> tags = Set.of(new Tag.OfPort(port.id()));
      flows.install(new Flow(miss.key(), actions, tags, IDLE, NEVER), stamp);
      datapath.emit(miss, actions);
    }
  }

  private void decide(Packet arrived) {
    boolean watched = arrived.miss() != null && watches.covers(arrived.miss().key());
    Packet packet = watched ? new Packet(arrived.miss(), arrived.input().traced()) : arrived;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      long stamp = flows.stamp();
      long arrivals = natBlocks.arrivals();
      if (!isAttached(packet)) {
        return;
      }
      long started = System.nanoTime();
      Simulation simulation = simulation();
      Miss miss = packet.miss();
      Verdict verdict =
          miss != null && miss.reason() == Miss.Reason.MTU
              ? simulation.tooBig(packet.input(), mtuOf(miss.key()))
              : simulation.decide(packet.input());
      // The way back is decided before the effects are there, which the simulation adds by itself.
      Simulation.Reply reply =
          packet.canHaveFlow() && !watched
              ? simulation.reply(packet.input().frame(), verdict)
              : null;
      tally.decided(verdict, System.nanoTime() - started);
      if (verdict.reason() == DropReason.NO_PORTS_LEFT) {
        if (natBlocks.isAwaiting()) {
          parked.add(packet, StateKeeper.now());
          return;
        } else if (natBlocks.arrivals() != arrivals) {
          continue;
        }
      }
      Origin origin = packet.origin(topology.present().topology(), verdict);
      if (!state.hasRoom(verdict.effects(), origin.payer(), flows)) {
        return;
      }
      stamp = apply(verdict.effects(), origin, stamp);
      begun.use(verdict.uses());
      if (carryOut(packet, origin, verdict, reply, stamp)) {
        if (watched && miss != null) {
          Topology by = simulation.topology().topology();
          watches.decided(miss, packet.input().port(), verdict, by);
        }
        if (verdict.kind() != Verdict.Kind.WAIT) {
          verdict.generated().forEach(sender::send);
        }
        return;
      }
    }
    LOG.warn("the topology changes too fast for a decision about {}", packet.input().frame());
  }

  /** Flows of a port that went meanwhile must not come back: its number is the next one's. */
  private boolean isAttached(Packet packet) {
    Miss miss = packet.miss();
    return miss == null
        || !(miss.key().input() instanceof Input.Port port)
        || packet.input().port().equals(ports.idOf(port.number()));
  }

  private Simulation simulation() {
    return new Simulation(topology.present(), state.local(), settings);
  }

  /** What a packet was too large for. */
  private int mtuOf(FlowKey key) {
    Flow flow = flows.get(key);
    Actions actions = flow == null ? templating.begun().actions(key) : flow.actions();
    int mtu = actions == null ? Delivery.ANY_MTU : Delivery.smallestMtu(actions);
    return mtu == Delivery.ANY_MTU ? settings.underlayMtu() : mtu;
  }

  private long apply(List<Effect> effects, Origin origin, long stamp) {
    for (Effect effect : effects) {
      if (effect instanceof Effect.LearnNeighbour learned && waiting.isWaiting(learned.key())) {
        execute(() -> answered(learned.key()));
      }
    }
    return state.apply(effects, origin, flows, stamp);
  }

  /** What the agent makes may leave state behind as well. */
  private void applyMade(List<Effect> effects) {
    apply(effects, Origin.NONE, flows.stamp());
  }

  private void answered(NeighbourKey neighbour) {
    waiting.answered(neighbour).forEach(packet -> guarded(neighbour, () -> decide(packet)));
  }

  private void portsCame() {
    for (Packet packet : parked.take(StateKeeper.now())) {
      guarded(packet.input().frame(), () -> decide(packet));
    }
  }

  /** Does what was decided; false if it must be decided anew. */
  private boolean carryOut(
      Packet packet, Origin origin, Verdict verdict, Simulation.@Nullable Reply reply, long stamp) {
    return switch (verdict.kind()) {
      case FORWARD -> delivery.forward(packet, origin, verdict, reply, stamp);
      case DROP -> delivery.drop(packet, verdict, stamp);
      case CONSUMED -> true;
      case WAIT -> {
        await(packet, verdict);
        yield true;
      }
    };
  }

  private void await(Packet packet, Verdict verdict) {
    Verdict.Wait wait = verdict.waitingFor();
    if (wait != null) {
      NeighbourKey neighbour = new NeighbourKey(wait.router(), wait.address());
      List<Generated> asking = verdict.generated();
      questions.put(neighbour, asking);
      waiting.add(neighbour, packet, () -> asking.forEach(sender::send), StateKeeper.now());
    }
  }

  /** Stops deciding. What comes up is lost until another loop runs. */
  @Override
  public void close() {
    closed = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
