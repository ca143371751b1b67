package org.midonet.agent.forward;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.agent.flow.FlowTag;
import org.midonet.agent.flow.Template;
import org.midonet.agent.state.Effect;
import org.midonet.agent.state.Origin;
import org.midonet.agent.state.StateKey;

/**
 * The connections that a template begins, as the agent knows them. Immutable, safe to share.
 *
 * @param known by variant, what becomes known by a connection, with zero for the client's port
 * @param tags what they rest on, by variant there and back
 * @param uses what must live on while there are such connections
 * @param pool whose members serve them, null if it is none's
 */
record ConnectionKind(
    Template template,
    Origin origin,
    List<List<Effect>> known,
    List<Tags> tags,
    Set<StateKey> uses,
    @Nullable UUID pool) {
  ConnectionKind {
    known = List.copyOf(known);
    tags = List.copyOf(tags);
    uses = Set.copyOf(uses);
  }

  /** What the flows of each way rest on. */
  record Tags(Set<FlowTag> there, Set<FlowTag> back) {}

  /** The account of its credit. */
  int account() {
    return template.payer();
  }

  @Nullable UUID payer() {
    return origin.payer();
  }

  /** What becomes known by the connection of a client's port. */
  List<Effect> known(int turn, int clientPort) {
    return known.get(turn).stream()
        .map(effect -> Pattern.withClientPort(effect, clientPort))
        .toList();
  }
}
