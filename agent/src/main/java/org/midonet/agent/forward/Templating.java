package org.midonet.agent.forward;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.midonet.agent.datapath.Datapath;
import org.midonet.agent.flow.FlowTable;
import org.midonet.agent.flow.Template;
import org.midonet.agent.flow.TemplateCache;
import org.midonet.agent.flow.TemplateTable;
import org.midonet.agent.state.Effect;
import org.midonet.agent.state.FlowState;
import org.midonet.agent.state.LocalState;
import org.midonet.agent.state.Origin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The parts by which connections begin in the datapath. Safe to share between threads.
 *
 * <p>Templates of an agent before this one begin nothing any more. Their connections go on, and are
 * this agent's to decide about when its ports are there.
 */
final class Templating {
  private static final Logger LOG = LoggerFactory.getLogger(Templating.class);

  /** What part of the flows may be made by templates, two for each connection. */
  private static final int SHARE = 2;

  private final TemplateCache cache;
  private final TemplateTable table;
  private final Credits credits;
  private final Begun begun;
  private final LocalState state;
  private final int most;
  private final List<Integer> adopted;

  /**
   * @param flows how many there may be
   */
  Templating(TemplateCache cache, LocalState state, int flows) {
    this.cache = cache;
    this.state = state;
    this.most = flows / SHARE / 2;
    this.table = new TemplateTable(cache);
    this.credits = new Credits(cache);
    this.begun = new Begun(cache, credits);
    this.adopted = new ArrayList<>(cache.adopted().keySet());
    cache.adopted().forEach((slot, template) -> begun.add(slot, kind(template)));
    state.alsoAsk(begun);
  }

  private static ConnectionKind kind(Template template) {
    List<List<Effect>> known = new ArrayList<>();
    List<ConnectionKind.Tags> tags = new ArrayList<>();
    Set<UUID> ports = Set.of();
    for (Template.Variant variant : template.variants()) {
      FlowState state = read(variant);
      known.add(state.effects());
      tags.add(new ConnectionKind.Tags(Set.of(), Set.of()));
      ports = state.ports();
    }
    return new ConnectionKind(template, new Origin(null, ports), known, tags, Set.of(), null);
  }

  private static FlowState read(Template.Variant variant) {
    try {
      return FlowStateCodec.decode(variant.note().toBytes());
    } catch (IOException e) {
      LOG.warn("Some connections of the agent before this one are not known: {}", e.toString());
      return new FlowState(List.of(), Set.of());
    }
  }

  /** Has the connections of the agent before this one decided about anew, the first time. */
  void killAdopted() {
    adopted.forEach(table::kill);
    adopted.clear();
  }

  TemplateTable table() {
    return table;
  }

  Begun begun() {
    return begun;
  }

  BegunSweep sweep(Datapath datapath, FlowTable flows, StateKeeper keeper, PeerState peers) {
    return new BegunSweep(datapath, flows, table, begun, credits, keeper, peers, state, most);
  }

  TemplateMaker maker(FlowTable flows, BegunSweep sweep, Watches watches, PeerState peers) {
    return new TemplateMaker(flows, table, begun, sweep, watches, peers, cache.slots());
  }
}
