package org.midonet.agent.forward;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.midonet.agent.flow.Actions;
import org.midonet.agent.flow.BegunFlow;
import org.midonet.agent.flow.Flow;
import org.midonet.agent.flow.FlowKey;
import org.midonet.agent.flow.FlowTable;
import org.midonet.agent.flow.Template;
import org.midonet.agent.flow.TemplateCache;
import org.midonet.agent.state.ConnectionKey;
import org.midonet.agent.state.DatapathConnections;
import org.midonet.agent.state.Effect;
import org.midonet.agent.state.MacKey;
import org.midonet.agent.state.MetadataKey;
import org.midonet.agent.state.NatBinding;
import org.midonet.agent.state.NatKey;
import org.midonet.agent.state.NeighbourKey;
import org.midonet.agent.state.StateKey;
import org.midonet.agent.state.TurnKey;

/**
 * The connections that templates have begun. Safe to share between threads.
 *
 * <p>Nothing is kept of any one of them: that it is there is what its flows in the datapath say,
 * and what it means is what is kept of its kind. Whoever wants to know of one, such as the
 * simulation of an ICMP error, has its flow looked up.
 */
final class Begun implements DatapathConnections {
  private final TemplateCache cache;
  private final Credits credits;
  private final Map<Integer, ConnectionKind> bySlot = new ConcurrentHashMap<>();
  private final Map<StateKey, Set<Place>> byKey = new ConcurrentHashMap<>();

  /** What a key with zero for the client's port is of. */
  private record Place(int slot, int turn, Effect effect) {}

  /**
   * One of the connections.
   *
   * @param there its flow on the way there; not always both are there
   */
  record Connection(
      ConnectionKind kind,
      int turn,
      int clientPort,
      @Nullable BegunFlow there,
      @Nullable BegunFlow back) {

    List<Effect> known() {
      return kind.known(turn, clientPort);
    }
  }

  Begun(TemplateCache cache, Credits credits) {
    this.cache = cache;
    this.credits = credits;
  }

  void add(int slot, ConnectionKind kind) {
    bySlot.put(slot, kind);
    forEachPlace(
        slot,
        kind,
        (key, place) -> byKey.computeIfAbsent(key, _ -> ConcurrentHashMap.newKeySet()).add(place));
  }

  void remove(int slot) {
    ConnectionKind kind = bySlot.remove(slot);
    if (kind != null) {
      forEachPlace(slot, kind, this::removePlace);
    }
  }

  private void removePlace(StateKey key, Place place) {
    Set<Place> places = byKey.get(key);
    if (places != null && places.remove(place) && places.isEmpty()) {
      byKey.remove(key);
    }
  }

  private interface Placed {
    void accept(StateKey key, Place place);
  }

  private static void forEachPlace(int slot, ConnectionKind kind, Placed placed) {
    for (int turn = 0; turn < kind.known().size(); turn++) {
      for (Effect effect : kind.known().get(turn)) {
        if (!Pattern.hasClientPort(effect.changed())) {
          continue;
        }
        Place place = new Place(slot, turn, effect);
        placed.accept(effect.changed(), place);
        if (effect instanceof Effect.Bind bind) {
          placed.accept(bind.key().reverse(bind.binding()), place);
        }
      }
    }
  }

  @Nullable ConnectionKind kind(int slot) {
    return bySlot.get(slot);
  }

  Map<Integer, ConnectionKind> kinds() {
    return Map.copyOf(bySlot);
  }

  boolean isEmpty() {
    return bySlot.isEmpty();
  }

  /** How many templates there are. */
  int templates() {
    return bySlot.size();
  }

  /** How many of them a port pays for, or with null nobody. */
  int templates(@Nullable UUID payer) {
    int count = 0;
    for (ConnectionKind kind : bySlot.values()) {
      count += Objects.equals(payer, kind.payer()) ? 1 : 0;
    }
    return count;
  }

  @Override
  public boolean isReturn(ConnectionKey key) {
    return find(key) != null;
  }

  @Override
  public @Nullable NatBinding binding(NatKey key) {
    if (byKey.isEmpty()) {
      return null;
    }
    int port = Pattern.clientPort(key);
    for (Place place : byKey.getOrDefault(Pattern.withClientPort(key, 0), Set.of())) {
      Connection one = connection(place, port);
      if (one != null
          && Pattern.withClientPort(place.effect, port)
              instanceof Effect.Bind(NatKey there, NatBinding binding)) {
        return key.kind().isThere() ? binding : there.original();
      }
    }
    return null;
  }

  @Override
  public long count(@Nullable UUID payer) {
    return credits.used(payer);
  }

  /** The connection that a piece of state is of, null if there is none. */
  @Nullable Connection find(StateKey key) {
    if (byKey.isEmpty()) {
      return null;
    }
    int port = clientPort(key);
    StateKey pattern = port < 0 ? null : withoutPort(key);
    for (Place place : pattern == null ? Set.<Place>of() : byKey.getOrDefault(pattern, Set.of())) {
      Connection one = connection(place, port);
      if (one != null) {
        return one;
      }
    }
    return null;
  }

  private static int clientPort(StateKey key) {
    return switch (key) {
      case ConnectionKey it -> it.destinationPort();
      case NatKey it -> Pattern.clientPort(it);
      case MacKey it -> -1;
      case NeighbourKey it -> -1;
      case MetadataKey it -> -1;
      case TurnKey it -> -1;
    };
  }

  private static @Nullable StateKey withoutPort(StateKey key) {
    return switch (key) {
      case ConnectionKey it -> Pattern.withClientPort(it, 0);
      case NatKey it -> Pattern.withClientPort(it, 0);
      case MacKey it -> null;
      case NeighbourKey it -> null;
      case MetadataKey it -> null;
      case TurnKey it -> null;
    };
  }

  private @Nullable Connection connection(Place place, int port) {
    ConnectionKind kind = bySlot.get(place.slot);
    if (kind == null) {
      return null;
    }
    BegunFlow there = cache.begun(kind.template().there(port));
    BegunFlow back = cache.begun(kind.template().back(place.turn, port));
    boolean isThere = isOf(there, place);
    boolean isBack = isOf(back, place);
    return isThere || isBack
        ? new Connection(kind, place.turn, port, isThere ? there : null, isBack ? back : null)
        : null;
  }

  private static boolean isOf(@Nullable BegunFlow flow, Place place) {
    return flow != null && flow.slot() == place.slot && flow.turn() == place.turn;
  }

  /** Their flows, for people: they are looked up one by one. */
  List<FlowTable.Seen> flows() {
    List<FlowTable.Seen> all = new ArrayList<>();
    cache.forEachBegun(flow -> {
      ConnectionKind kind = bySlot.get(flow.slot());
      if (kind != null) {
        all.add(new FlowTable.Seen(flow(kind, flow), flow.statistics(), flow.ageNanos()));
      }
    });
    return all;
  }

  private static Flow flow(ConnectionKind kind, BegunFlow flow) {
    Template template = kind.template();
    int port = flow.clientPort();
    ConnectionKind.Tags tags = kind.tags().get(flow.turn());
    return new Flow(
        flow.isBack() ? template.back(flow.turn(), port) : template.there(port),
        template.actions(flow.turn(), flow.isBack(), port),
        flow.isBack() ? tags.back() : tags.there(),
        BegunSweep.IDLE,
        Duration.ZERO);
  }

  /** What is done to packets of a key, null if no template made its flow. */
  @Nullable Actions actions(FlowKey key) {
    BegunFlow flow = bySlot.isEmpty() ? null : cache.begun(key);
    ConnectionKind kind = flow == null ? null : bySlot.get(flow.slot());
    return flow == null || kind == null ? null : flow(kind, flow).actions();
  }

  /** All of some kinds, by slot. */
  Map<Integer, List<Connection>> connections(IntPredicate slots, Runnable between) {
    Map<Integer, Map<Integer, Connection>> found = new HashMap<>();
    int[] visited = new int[1];
    cache.forEachBegun(flow -> {
      if (++visited[0] % 256 == 0) {
        between.run();
      }
      ConnectionKind kind = bySlot.get(flow.slot());
      if (kind == null || !slots.test(flow.slot())) {
        return;
      }
      Map<Integer, Connection> ofSlot = found.computeIfAbsent(flow.slot(), _ -> new HashMap<>());
      int id = flow.turn() << 16 | flow.clientPort();
      Connection one = ofSlot.get(id);
      BegunFlow other = one == null ? null : flow.isBack() ? one.there : one.back;
      ofSlot.put(
          id,
          flow.isBack()
              ? new Connection(kind, flow.turn(), flow.clientPort(), other, flow)
              : new Connection(kind, flow.turn(), flow.clientPort(), flow, other));
    });
    Map<Integer, List<Connection>> all = new HashMap<>();
    found.forEach((slot, ones) -> all.put(slot, new ArrayList<>(ones.values())));
    return all;
  }
}
