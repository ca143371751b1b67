package org.midonet.agent.forward;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.agent.state.Effect;
import org.midonet.agent.state.FlowState;
import org.midonet.agent.state.LocalState;
import org.midonet.nsdb.Change;
import org.midonet.nsdb.StateKey;
import org.midonet.nsdb.Topology;
import org.midonet.packets.Ipv4Address;
import org.midonet.topology.ObjectType;
import org.midonet.topology.Port;

/**
 * Tells hosts that a port is bound to of the connections by it, and by the ports that share a
 * stateful group with it: when the binding changes, and again when the port is active there, as
 * nothing acknowledges. Confined to the packet loop, but for {@link #of}.
 */
final class StatePushes {
  /** All state is looked through for a push, so that is done no more often. */
  private static final long INTERVAL_MILLIS = 1000;

  /** Peers take no more misses at once. */
  private static final int FRAMES = 32;

  private static final long FRAMES_MILLIS = 20;

  private final LocalState state;
  private final PeerState peers;
  private final Map<UUID, Set<UUID>> wanted = new LinkedHashMap<>();
  private final Queue<Outgoing> outgoing = new ArrayDeque<>();
  private long gathered = Long.MIN_VALUE / 2;
  private long sent = Long.MIN_VALUE / 2;

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Outgoing(byte[] frame, Ipv4Address to) {}

  StatePushes(LocalState state, PeerState peers) {
    this.state = state;
    this.peers = peers;
  }

  /** The ports of whose connections other hosts are to be told, by host. */
  static Map<UUID, Set<UUID>> of(List<Change> changes, Topology now, UUID self) {
    Map<UUID, Set<UUID>> wanted = new HashMap<>();
    for (Change change : changes) {
      UUID id = bound(change);
      Port port = id == null ? null : now.find(ObjectType.PORT, id);
      UUID host = port == null ? null : port.hostId();
      if (id != null && host != null && !host.equals(self)) {
        Set<UUID> ports = wanted.computeIfAbsent(host, _ -> new LinkedHashSet<>());
        Peers.withCompanions(now, id).forEach(one -> ports.add(one.id()));
      }
    }
    return wanted;
  }

  /** The port that a change binds anew or makes active, null if it is none such. */
  private static @Nullable UUID bound(Change change) {
    return switch (change) {
      case Change.OfObject it when it.after() instanceof Port after -> {
        boolean same =
            it.before() instanceof Port before
                && Objects.equals(before.hostId(), after.hostId())
                && before.portGroupIds().equals(after.portGroupIds());
        yield same ? null : after.id();
      }
      case Change.OfState it when it.key().key().equals(StateKey.ACTIVE) && it.after() != null ->
          it.key().id();
      case Change.OfObject it -> null;
      case Change.OfState it -> null;
      case Change.OfEntry it -> null;
      case Change.OfSequence it -> null;
    };
  }

  /** Notes what hosts are to be told. */
  void add(Map<UUID, Set<UUID>> ports) {
    ports.forEach(
        (host, some) -> wanted.computeIfAbsent(host, _ -> new LinkedHashSet<>()).addAll(some));
  }

  /** Sends what is to be sent by now. */
  void tick(Topology topology, UUID self, long now) {
    if (!wanted.isEmpty() && now - gathered >= INTERVAL_MILLIS) {
      gathered = now;
      gather(topology, self);
    }
    if (!outgoing.isEmpty() && now - sent >= FRAMES_MILLIS) {
      sent = now;
      for (int i = 0; i < FRAMES && !outgoing.isEmpty(); i++) {
        Outgoing next = outgoing.remove();
        peers.send(next.frame, next.to);
      }
    }
  }

  private void gather(Topology topology, UUID self) {
    Map<UUID, Set<UUID>> now = new LinkedHashMap<>(wanted);
    wanted.clear();
    Set<UUID> any = new LinkedHashSet<>();
    now.values().forEach(any::addAll);
    Map<Set<UUID>, List<Effect>> known = new LinkedHashMap<>();
    for (FlowState one : state.flowStateOf(any)) {
      known.computeIfAbsent(one.ports(), _ -> new ArrayList<>()).addAll(one.effects());
    }
    now.forEach((host, ports) -> {
      Ipv4Address address = Peers.address(topology, self, host);
      if (address != null) {
        known.forEach((entered, effects) -> {
          if (entered.stream().anyMatch(ports::contains)) {
            PeerState.write(new FlowState(effects, entered))
                .forEach(frame -> outgoing.add(new Outgoing(frame, address)));
          }
        });
      }
    });
  }
}
