package org.midonet.agent.flow;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds flows by their tags. Not safe to share: {@link FlowTable} guards it.
 *
 * <p>Most flows between two ports rest on the same devices, chains and addresses. They stand in one
 * chain, which is found by any of these tags, so a flow costs one link for all of them. What is of
 * a connection alone has a chain of its own.
 */
final class FlowIndex {
  private final Map<FlowTag, Chain> ofConnections = new HashMap<>();
  private final Map<Set<FlowTag>, Chain> shared = new HashMap<>();
  private final Map<FlowTag, Set<Chain>> sharedByTag = new HashMap<>();

  /** Flows that have some tags in common. */
  private static final class Chain {
    /** The tag of a connection, null where tags are shared. */
    final @Nullable FlowTag own;

    final Set<FlowTag> shared;
    @Nullable Link first;

    Chain(@Nullable FlowTag own, Set<FlowTag> shared) {
      this.own = own;
      this.shared = shared;
    }

    Link add(FlowEntry entry) {
      Link link = new Link(entry, this, first);
      if (first != null) {
        first.previous = link;
      }
      first = link;
      return link;
    }

    void remove(Link link) {
      Link before = link.previous;
      Link after = link.next;
      if (before == null) {
        first = after;
      } else {
        before.next = after;
      }
      if (after != null) {
        after.previous = before;
      }
    }
  }

  /** A flow's place in a chain. */
  static final class Link {
    private final FlowEntry entry;
    private final Chain chain;
    private @Nullable Link previous;
    private @Nullable Link next;

    private Link(FlowEntry entry, Chain chain, @Nullable Link next) {
      this.entry = entry;
      this.chain = chain;
      this.next = next;
    }
  }

  void add(FlowEntry entry) {
    Set<FlowTag> tags = entry.flow.tags();
    int owned = 0;
    for (FlowTag tag : tags) {
      if (tag.isOfAConnection()) {
        owned++;
      }
    }
    FlowTag[] own = new FlowTag[owned];
    SmallSet<FlowTag> others = new SmallSet<>(tags.size() - owned);
    for (FlowTag tag : tags) {
      if (tag.isOfAConnection()) {
        own[--owned] = tag;
      } else {
        others.add(tag);
      }
    }
    entry.links = link(entry, own, others);
  }

  private Link[] link(FlowEntry entry, FlowTag[] own, SmallSet<FlowTag> others) {
    Link[] links = new Link[own.length + (others.isEmpty() ? 0 : 1)];
    for (int i = 0; i < own.length; i++) {
      links[i] = ofConnections.computeIfAbsent(own[i], tag -> new Chain(tag, Set.of())).add(entry);
    }
    if (!others.isEmpty()) {
      Chain chain = sharedChain(others.freeze());
      links[own.length] = chain.add(entry);
      entry.flow = entry.flow.withTags(new FlowTags(own, chain.shared));
    }
    return links;
  }

  private Chain sharedChain(Set<FlowTag> tags) {
    Chain chain = shared.get(tags);
    if (chain == null) {
      chain = new Chain(null, tags);
      shared.put(tags, chain);
      for (FlowTag tag : tags) {
        sharedByTag.computeIfAbsent(tag, _ -> new HashSet<>()).add(chain);
      }
    }
    return chain;
  }

  void remove(FlowEntry entry) {
    for (Link link : entry.links) {
      link.chain.remove(link);
      if (link.chain.first == null) {
        forget(link.chain);
      }
    }
  }

  private void forget(Chain chain) {
    if (chain.own != null) {
      ofConnections.remove(chain.own);
      return;
    }
    shared.remove(chain.shared);
    for (FlowTag tag : chain.shared) {
      Set<Chain> chains = sharedByTag.get(tag);
      if (chains != null && chains.remove(chain) && chains.isEmpty()) {
        sharedByTag.remove(tag);
      }
    }
  }

  void clear() {
    ofConnections.clear();
    shared.clear();
    sharedByTag.clear();
  }

  /**
   * Visits the flows with a tag, in no order.
   *
   * @param visitor may remove the flow that it is given, and no other
   */
  void forEach(FlowTag tag, Consumer<FlowEntry> visitor) {
    if (tag.isOfAConnection()) {
      visit(ofConnections.get(tag), visitor);
    } else {
      Set<Chain> chains = sharedByTag.get(tag);
      if (chains != null) {
        Set.copyOf(chains).forEach(chain -> visit(chain, visitor));
      }
    }
  }

  private static void visit(@Nullable Chain chain, Consumer<FlowEntry> visitor) {
    Link link = chain == null ? null : chain.first;
    while (link != null) {
      Link next = link.next;
      visitor.accept(link.entry);
      link = next;
    }
  }
}
