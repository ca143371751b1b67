package org.midonet.agent.state;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What is of connections that are known to be over, by payer, the oldest first. Not safe to share:
 * {@link LocalState} guards it.
 */
final class EndedConnections {
  private final Map<UUID, Set<Entry>> ended = new HashMap<>();

  /** Notes whether an entry's connection is over; that of nobody is not noted. */
  void note(Entry entry, boolean isOver) {
    UUID payer = entry.origin.payer();
    if (payer == null) {
      return;
    }
    if (isOver) {
      ended.computeIfAbsent(payer, _ -> new LinkedHashSet<>()).add(entry);
      return;
    }
    Set<Entry> own = ended.get(payer);
    if (own != null && own.remove(entry) && own.isEmpty()) {
      ended.remove(payer);
    }
  }

  /** The keys of a payer's oldest ones. */
  List<StateKey> oldest(UUID payer, int most) {
    List<StateKey> keys = new ArrayList<>();
    Iterator<Entry> own = ended.getOrDefault(payer, Set.of()).iterator();
    while (own.hasNext() && keys.size() < most) {
      keys.add(own.next().key);
    }
    return keys;
  }
}
