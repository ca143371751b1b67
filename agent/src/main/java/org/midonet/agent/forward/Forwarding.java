package org.midonet.agent.forward;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.agent.datapath.Datapath;
import org.midonet.agent.flow.CountedTag;
import org.midonet.agent.flow.FlowTable;
import org.midonet.agent.sim.HealthProber;
import org.midonet.agent.sim.MetadataProxy;
import org.midonet.agent.sim.Simulation;
import org.midonet.agent.sim.SimulationSettings;
import org.midonet.agent.sim.Tag;
import org.midonet.agent.state.FlowState;
import org.midonet.agent.state.LocalState;
import org.midonet.agent.state.NatBlocks;
import org.midonet.agent.state.Origin;
import org.midonet.agent.state.Refused;
import org.midonet.agent.state.StateTimeouts;
import org.midonet.nsdb.Nsdb;
import org.midonet.packets.Ipv4Address;
import org.midonet.packets.Mac;

/**
 * Makes the datapath do what the virtual network says. Safe to share.
 *
 * <p>Ports are attached by the caller; everything else follows from the topology and from packets.
 */
public final class Forwarding implements AutoCloseable {
  /** VXLAN over IPv4 adds that many octets to the IP packet inside (RFC 7348). */
  public static final int OVERLAY_OCTETS = 50;

  private final Datapath datapath;
  private final LocalPorts ports = new LocalPorts();
  private final FlowTable flows;
  private final LocalState state;
  private final Templating templating;
  private final StatePublisher publisher;
  private final FlowStateLog log;
  private final TopologyFollower topology;
  private final SimulationSettings settings;
  private final Tally tally = new Tally();
  private final int flowRoom;
  private final PacketLoop loop;

  private Forwarding(
      Nsdb nsdb, UUID hostId, Datapath datapath, Settings settings, @Nullable HealthProber prober) {
    this.datapath = datapath;
    this.flowRoom = settings.flows();
    StateTimeouts timeouts = StateTimeouts.DEFAULT;
    this.state = new LocalState(timeouts, settings.natBlocks());
    this.templating = new Templating(datapath.templates(), state, settings.flows());
    this.flows = new FlowTable(datapath, templating.table(), System::nanoTime, settings.flows());
    this.publisher = new StatePublisher(nsdb, timeouts);
    FlowStateLog.read(settings.stateFile(), timeouts.imported()).forEach(this::restore);
    this.log = FlowStateLog.open(settings.stateFile(), state::flowState);
    SimulationSettings plain = simulation(settings);
    this.settings = prober == null ? plain : plain.withProber(prober);
    PacketLoop[] made = new PacketLoop[1];
    this.topology =
        new TopologyFollower(
            nsdb,
            hostId,
            flows,
            tally,
            (now, changes, tags) -> {
              PacketLoop running = made[0];
              if (running != null) {
                running.changed(
                    tags, StatePushes.of(changes, now, hostId), LearnedElsewhere.of(changes));
              }
            });
    PeerState peers = new PeerState(datapath, hostId);
    this.loop =
        new PacketLoop(
            hostId,
            datapath,
            flows,
            topology,
            ports,
            new Egress(hostId, ports, settings.underlayMtu() - OVERLAY_OCTETS),
            new StateKeeper(state, publisher, log),
            peers,
            new StatePushes(state, peers),
            settings.natBlocks(),
            tally,
            templating,
            this.settings);
    made[0] = loop;
  }

  /**
   * What forwarding is told of the host.
   *
   * @param flows how many there may be
   * @param dhcpMtu what DHCP offers where a subnet does not say
   * @param underlayMtu of the interface by which peers are reached
   * @param domain the domain name that DHCP offers, empty for none
   * @param natBlocks the ports that source NAT may use
   * @param stateFile where connections are kept for the next agent
   * @param metadata the interface of the metadata proxy, null without one
   */
  public record Settings(
      int flows,
      int dhcpMtu,
      int underlayMtu,
      String domain,
      NatBlocks natBlocks,
      Path stateFile,
      @Nullable MetadataInterface metadata) {}

  /**
   * Where the metadata proxy listens.
   *
   * @param device the end that is attached to the datapath
   * @param mac of the other end
   */
  public record MetadataInterface(String device, Mac mac, int listenPort, int mtu) {}

  /** The same on a host that probes no members of pools. */
  public static Forwarding start(Nsdb nsdb, UUID hostId, Datapath datapath, Settings settings) {
    return start(nsdb, hostId, datapath, settings, null);
  }

  /**
   * Begins to forward for the ports that will be attached.
   *
   * @param prober whose interface is one of them, as {@link HealthProber#portOf} calls it
   */
  public static Forwarding start(
      Nsdb nsdb, UUID hostId, Datapath datapath, Settings settings, @Nullable HealthProber prober) {
    Forwarding forwarding = new Forwarding(nsdb, hostId, datapath, settings, prober);
    MetadataInterface metadata = settings.metadata();
    if (metadata != null) {
      forwarding.attach(MetadataProxy.PORT, metadata.device(), metadata.mtu());
    }
    forwarding.loop.start();
    return forwarding;
  }

  private void restore(FlowState known) {
    Origin origin = new Origin(null, known.ports());
    known.effects().forEach(effect -> state.restore(effect, origin, StateKeeper.now()));
  }

  private SimulationSettings simulation(Settings given) {
    MetadataInterface metadata = given.metadata();
    SimulationSettings plain =
        new SimulationSettings(
            given.dhcpMtu(), given.underlayMtu() - OVERLAY_OCTETS, given.domain(), null);
    return metadata == null ? plain : plain.withMetadata(new Aliases(metadata));
  }

  /**
   * Forwards for a port by a device from now on.
   *
   * @return the datapath's number for it
   * @throws org.midonet.agent.datapath.DatapathException if there is no such device
   */
  public int attach(UUID port, String device, int mtu) {
    int number = datapath.attach(device);
    ports.put(new LocalPorts.Attached(port, number, mtu));
    ports.rekey(port, () -> topology.present().topology());
    flows.invalidate(Set.of(new Tag.OfPort(port)));
    return number;
  }

  /** Forwards for a port no more. */
  public void detach(UUID port) {
    LocalPorts.Attached attached = ports.find(port);
    if (attached != null) {
      ports.remove(port);
      try {
        datapath.detach(attached.number());
      } finally {
        flows.invalidate(Set.of(new Tag.OfPort(port)));
        loop.detached(port);
      }
    }
  }

  /** Lets devices go that an agent before this one left attached and that no port has now. */
  public void detachOthers() {
    List.copyOf(datapath.ports().keySet()).stream()
        .filter(number -> ports.idOf(number) == null)
        .forEach(datapath::detach);
  }

  /** The port that the metadata proxy knows by an address, null for none. */
  public @Nullable UUID machineAt(Ipv4Address alias) {
    for (UUID id : ports.ids()) {
      if (alias.equals(aliasOf(id))) {
        return id;
      }
    }
    return null;
  }

  private @Nullable Ipv4Address aliasOf(UUID port) {
    LocalPorts.Attached attached = ports.find(port);
    return attached == null || port.equals(MetadataProxy.PORT)
        ? null
        : MetadataProxy.ofNumber(attached.number());
  }

  /** The simulation as the next packet would see it. */
  public Simulation simulation() {
    return new Simulation(topology.present(), state, settings);
  }

  /** The flows that there are. */
  public FlowTable.View flows() {
    FlowTable.View view = flows.view();
    List<FlowTable.Seen> all = new ArrayList<>(view.flows());
    all.addAll(templating.begun().flows());
    return new FlowTable.View(all, view.sweptNanos());
  }

  /** Which port a number of the datapath stands for, null for none. */
  public @Nullable UUID portOf(int number) {
    return ports.idOf(number);
  }

  /** Whether a port is attached on this host. */
  public boolean isAttached(UUID port) {
    return ports.find(port) != null;
  }

  /** When the flows' counters were read, on the clock of {@link System#nanoTime}; 0 if never. */
  public long swept() {
    return flows.swept();
  }

  /** The devices of the ports, by the datapath's number. */
  public Map<Integer, String> devices() {
    return datapath.ports();
  }

  /** What was done until now. */
  public ForwardingStatistics statistics() {
    int begun = loop.begun();
    LocalState.Counts counts = state.counts();
    return new ForwardingStatistics(
        datapath.counters(),
        tally.decisions(),
        tally.simulation(),
        tally.waits(),
        tally.topology(),
        flows.size() + 2 * begun,
        flowRoom,
        templating.begun().templates(),
        new LocalState.Counts(
            counts.connections() + begun,
            counts.translations(),
            counts.macs(),
            counts.neighbours()),
        state.portsInUse(),
        ports.size(),
        loop.watchers());
  }

  /**
   * Has packets watched while they are decided, until it is closed or the watch has seen enough.
   */
  public Watching watch(PacketWatch watch) {
    loop.watch(watch);
    return () -> loop.unwatch(watch);
  }

  /** A watch under way. */
  public interface Watching extends AutoCloseable {
    @Override
    void close();
  }

  /** What a pool has served here since this was started, until the last sweep. */
  public PoolStatistics statistics(UUID pool) {
    CountedTag in = new Tag.Balanced(pool, false);
    long open =
        flows.carried(in).stream().filter(flow -> PoolTally.isOpen(flow.tcpFlags())).count();
    PoolTally begun = loop.tally(pool);
    return new PoolStatistics(
        flows.octets(in) + begun.in(),
        flows.octets(new Tag.Balanced(pool, true)) + begun.out(),
        open + begun.open(),
        state.served(pool) + begun.served());
  }

  /** Forgets what was counted of other pools than these. */
  public void retainPools(Set<UUID> pools) {
    state.retainPools(pools);
    loop.retainPools(pools);
    flows.forgetOctets(tag -> tag instanceof Tag.Balanced it && !pools.contains(it.pool()));
  }

  /** How much state was refused as there was too much. */
  public Refused refused() {
    return state.refused();
  }

  /** Stops deciding; the datapath stays as it is. */
  @Override
  public void close() {
    loop.close();
    topology.close();
    publisher.close();
    log.close();
  }

  /** How the metadata proxy knows this host's ports. */
  private final class Aliases implements MetadataProxy {
    private final MetadataInterface device;

    Aliases(MetadataInterface device) {
      this.device = device;
    }

    @Override
    public Mac mac() {
      return device.mac();
    }

    @Override
    public int listenPort() {
      return device.listenPort();
    }

    @Override
    public @Nullable Ipv4Address addressOf(UUID port) {
      return aliasOf(port);
    }

    @Override
    public @Nullable UUID portOf(Ipv4Address address) {
      return machineAt(address);
    }
  }
}
