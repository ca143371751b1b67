package org.midonet.agent.forward;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.agent.flow.FlowKey;
import org.midonet.agent.flow.FlowTable;
import org.midonet.agent.flow.FlowTag;
import org.midonet.agent.flow.Input;
import org.midonet.agent.flow.Template;
import org.midonet.agent.flow.TemplateTable;
import org.midonet.agent.state.Effect;
import org.midonet.agent.state.FlowState;
import org.midonet.agent.state.Origin;
import org.midonet.agent.state.StateKey;
import org.midonet.nsdb.Topology;
import org.midonet.packets.frame.Octets;

/**
 * Makes templates of connections of a kind that came up more than once. Confined to the packet
 * loop.
 */
final class TemplateMaker {
  /** A scan of addresses or ports does not make templates, as each of its packets is alone. */
  private static final int SEEN_BEFORE = 1;

  private static final int PAUSE = 1000;

  private static final int MOST_CANDIDATES = 4096;

  /** What part of the slots one port may have. */
  private static final int SHARE = 8;

  private final FlowTable flows;
  private final TemplateTable table;
  private final Begun begun;
  private final BegunSweep sweep;
  private final Watches watches;
  private final PeerState peers;
  private final int slots;

  private final Map<FlowKey, Integer> candidates =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<FlowKey, Integer> eldest) {
          return size() > MOST_CANDIDATES;
        }
      };

  /** The same connection as it would be if it were new. */
  interface Anew {
    /** Whose turns there are in a pool, each time a number for a member. */
    List<Integer> turns(UUID pool);

    /** Which of them is next. */
    long next(UUID pool);

    /** What becomes of the connection at one of them, null if that cannot be told. */
    @Nullable Pattern at(UUID pool, int turn);
  }

  TemplateMaker(
      FlowTable flows,
      TemplateTable table,
      Begun begun,
      BegunSweep sweep,
      Watches watches,
      PeerState peers,
      int slots) {
    this.flows = flows;
    this.table = table;
    this.begun = begun;
    this.sweep = sweep;
    this.watches = watches;
    this.peers = peers;
    this.slots = slots;
  }

  /**
   * Makes a template of a connection that was decided, if it was of a kind.
   *
   * @param anew asked about other members of its pool
   * @param stamp as for its flows
   */
  void consider(Topology present, Origin origin, Pattern one, Anew anew, long stamp) {
    if (!one.isGeneral()) {
      return;
    }
    FlowKey key = Template.pattern(one.there().key());
    if (candidates.merge(key, 1, Integer::sum) <= SEEN_BEFORE
        || table.has(key)
        || table.hasKilled()
        || watches.covers(key)) {
      return;
    }
    // Another attempt is far away, should this one fail.
    candidates.put(key, -PAUSE);
    if (!hasSlot(origin) || peers.hasAny(present, origin.ports())) {
      return;
    }
    Effect.Serve serve = one.serve();
    if (serve == null || !serve.byTurn()) {
      make(key, origin, List.of(one), List.of(0), 0, stamp);
    } else {
      makeByTurns(key, origin, serve, anew, stamp);
    }
  }

  /** Each member is a variant; those that have more turns stand in the order more often. */
  private void makeByTurns(FlowKey key, Origin origin, Effect.Serve serve, Anew anew, long stamp) {
    UUID pool = serve.key().pool();
    List<Integer> members = anew.turns(pool);
    if (members.isEmpty() || members.size() > Template.MOST_TURNS) {
      return;
    }
    Map<Integer, Integer> variants = new LinkedHashMap<>();
    List<Pattern> patterns = new ArrayList<>();
    List<Integer> order = new ArrayList<>();
    for (int turn = 0; turn < members.size(); turn++) {
      Integer variant = variants.get(members.get(turn));
      if (variant == null) {
        Pattern pattern = anew.at(pool, turn);
        if (pattern == null || !pattern.isGeneral() || !serve.equals(pattern.serve())) {
          return;
        }
        variant = patterns.size();
        variants.put(members.get(turn), variant);
        patterns.add(pattern);
      }
      order.add(variant);
    }
    make(key, origin, patterns, order, (int) (anew.next(pool) % order.size()), stamp);
  }

  private boolean hasSlot(Origin origin) {
    return begun.templates(origin.payer()) < share(origin.payer(), slots);
  }

  /** How many of the slots templates may have that a port pays for, or with null nobody. */
  static int share(@Nullable UUID payer, int slots) {
    return payer == null ? slots / 2 : slots / SHARE;
  }

  private void make(
      FlowKey key, Origin origin, List<Pattern> turns, List<Integer> order, int start, long stamp) {
    List<Template.Variant> variants = new ArrayList<>();
    List<List<Effect>> known = new ArrayList<>();
    List<ConnectionKind.Tags> tags = new ArrayList<>();
    Set<FlowTag> all = new HashSet<>();
    Set<StateKey> uses = new HashSet<>();
    for (Pattern turn : turns) {
      FlowState state = turn.known(origin.ports());
      byte[] note = FlowStateCodec.encode(state);
      if (note.length > Template.MOST_NOTE) {
        return;
      }
      variants.add(turn.variant(Octets.wrap(note)));
      known.add(state.effects());
      tags.add(turn.tagsOfWays());
      all.addAll(turn.tags());
      uses.addAll(turn.uses());
    }
    int payer = key.input() instanceof Input.Port in && origin.payer() != null ? in.number() : 0;
    Effect.Serve serve = turns.getFirst().serve();
    Template template = new Template(key, variants, order, start, payer, Math.max(1, cost(known)));
    int slot = flows.install(template, Set.copyOf(all), stamp);
    if (slot != 0) {
      candidates.remove(key);
      begun.add(
          slot,
          new ConnectionKind(
              template, origin, known, tags, uses, serve == null ? null : serve.key().pool()));
      sweep.opened(origin.payer(), payer);
    }
  }

  /** What a connection counts for: what is kept of the client alone is there once. */
  private static int cost(List<List<Effect>> known) {
    long most = 0;
    for (List<Effect> effects : known) {
      most =
          Math.max(
              most, effects.stream().filter(it -> Pattern.hasClientPort(it.changed())).count());
    }
    return (int) most;
  }
}
