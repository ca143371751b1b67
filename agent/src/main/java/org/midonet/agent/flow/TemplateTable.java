package org.midonet.agent.flow;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;

/**
 * The templates that there are, and what they rest on. Safe to share between threads.
 *
 * <p>One that is killed begins nothing any more, and no packet goes by its flows; both at once,
 * however many there are. Whoever keeps its connections {@link #takeKilled takes} it then, and
 * {@link #free frees} its slot.
 */
public final class TemplateTable {
  private final TemplateCache cache;
  private final Map<FlowTag, Set<Integer>> byTag = new HashMap<>();
  private final Map<Integer, Held> bySlot = new HashMap<>();
  private final Map<FlowKey, Integer> byKey = new HashMap<>();
  private final Queue<Integer> freed = new ArrayDeque<>();
  private List<Integer> killed = new ArrayList<>();
  private int last;

  private static final class Held {
    final Template template;
    final Set<FlowTag> tags;
    boolean killed;

    Held(Template template, Set<FlowTag> tags) {
      this.template = template;
      this.tags = tags;
    }
  }

  public TemplateTable(TemplateCache cache) {
    this.cache = cache;
    cache.adopted().forEach((slot, template) -> bySlot.put(slot, new Held(template, Set.of())));
  }

  /** Its slot, 0 if there is no room; one of the same key is killed. */
  synchronized int install(Template template, Set<FlowTag> tags) {
    Integer before = byKey.get(template.key());
    if (before != null) {
      kill(before);
    }
    int slot = freeSlot();
    if (slot == 0) {
      return 0;
    }
    if (!cache.install(slot, template)) {
      freed.add(slot);
      return 0;
    }
    bySlot.put(slot, new Held(template, tags));
    byKey.put(template.key(), slot);
    tags.forEach(tag -> byTag.computeIfAbsent(tag, _ -> new HashSet<>()).add(slot));
    return slot;
  }

  private int freeSlot() {
    Integer again = freed.poll();
    while (again == null && last < cache.slots()) {
      last++;
      again = bySlot.containsKey(last) ? null : last;
    }
    return again == null ? 0 : again;
  }

  synchronized void invalidate(Collection<? extends FlowTag> tags) {
    if (bySlot.isEmpty()) {
      return;
    }
    for (FlowTag tag : tags) {
      Set<Integer> slots = byTag.get(tag);
      if (slots != null) {
        List.copyOf(slots).forEach(this::kill);
      }
    }
  }

  /** Kills one; nothing happens to one that is dead already. */
  public synchronized void kill(int slot) {
    Held held = bySlot.get(slot);
    if (held == null || held.killed) {
      return;
    }
    held.killed = true;
    cache.kill(slot);
    killed.add(slot);
    byKey.remove(held.template.key(), slot);
    for (FlowTag tag : held.tags) {
      Set<Integer> slots = byTag.get(tag);
      if (slots != null && slots.remove(slot) && slots.isEmpty()) {
        byTag.remove(tag);
      }
    }
  }

  synchronized void killAll() {
    List.copyOf(bySlot.keySet()).forEach(this::kill);
  }

  /** The slots of those that were killed since it was asked last. */
  public synchronized List<Integer> takeKilled() {
    List<Integer> taken = killed;
    killed = new ArrayList<>();
    return taken;
  }

  public synchronized boolean hasKilled() {
    return !killed.isEmpty();
  }

  /** Makes the slot of a dead one free; its flows are forgotten. */
  public synchronized void free(int slot) {
    kill(slot);
    killed.remove(Integer.valueOf(slot));
    if (bySlot.remove(slot) != null) {
      cache.free(slot);
      freed.add(slot);
    }
  }

  /** Whether there is a template of a key. */
  public synchronized boolean has(FlowKey pattern) {
    return byKey.containsKey(pattern);
  }
}
