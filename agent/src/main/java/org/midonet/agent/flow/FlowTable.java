package org.midonet.agent.flow;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The flows that should be in a cache, with what they rest on and when they end. Safe to share
 * between threads.
 *
 * <p>The table is the truth and the cache follows it. A decision that was under way when something
 * it rests on changed is kept out: whoever decides takes a {@link #stamp} first, and {@link
 * #install} refuses the flow if one of its tags was invalidated since.
 */
public final class FlowTable {
  /** How many invalidations are remembered to judge decisions under way. */
  private static final int REMEMBERED = 1 << 14;

  /** How many flows a sweep looks at before something else may happen. */
  private static final int AT_ONCE = 256;

  private static final long ANY_SWEEP = -1;

  /** How often a sweep looks at all flows, and not at those alone that a packet came of. */
  private static final long ALL_NANOS = Duration.ofSeconds(10).toNanos();

  /** By how much sweeps that look at some overlap, for clocks are not read at once. */
  private static final long OVERLAP_NANOS = Duration.ofMillis(200).toNanos();

  private final FlowCache cache;
  private final @Nullable TemplateTable templates;
  private final LongSupplier nanoClock;
  private final int capacity;

  /** In the order of installation, so that the first is the oldest. */
  private final Map<FlowKey, FlowEntry> flows = new LinkedHashMap<>();

  private final FlowIndex index = new FlowIndex();

  /** What was invalidated last: that of a sequence number has its place by it. */
  private final @Nullable FlowTag[] invalidated = new @Nullable FlowTag[REMEMBERED];

  private final Map<CountedTag, Long> octets = new HashMap<>();
  private long sequence;
  private long oldestUsableStamp;
  private long sweeps;
  private long swept;
  private long sweptAll;

  /** Why a flow ended. */
  public enum Reason {
    IDLE,
    HARD
  }

  /** A flow that ended, and what it had carried. */
  public record Ended(Flow flow, FlowStatistics statistics, Reason reason) {}

  /**
   * What a sweep found.
   *
   * @param ended in no order
   * @param active flows that carried packets since the sweep before
   */
  public record Sweep(List<Ended> ended, List<Flow> active) {}

  /**
   * A flow and what it was last seen to have carried.
   *
   * @param ageNanos since it was installed
   */
  public record Seen(Flow flow, FlowStatistics statistics, long ageNanos) {}

  /**
   * The flows of one moment.
   *
   * @param sweptNanos when the statistics were read, on the table's clock; 0 if never
   */
  public record View(List<Seen> flows, long sweptNanos) {}

  /**
   * @param nanoClock as {@link System#nanoTime}
   * @param capacity how many flows at most; the oldest makes room
   */
  public FlowTable(FlowCache cache, LongSupplier nanoClock, int capacity) {
    this(cache, null, nanoClock, capacity);
  }

  /** The same with templates, which go with what they rest on as flows do. */
  public FlowTable(
      FlowCache cache, @Nullable TemplateTable templates, LongSupplier nanoClock, int capacity) {
    this.cache = cache;
    this.templates = templates;
    this.nanoClock = nanoClock;
    this.capacity = capacity;
  }

  /** To be taken before the topology is read for a decision. */
  public synchronized long stamp() {
    return sequence;
  }

  /**
   * Puts a flow in the table and the cache, replacing one of the same key.
   *
   * @return false if a tag was invalidated since the stamp, so that the decision must be made anew
   */
  public synchronized boolean install(Flow flow, long stamp) {
    if (isStale(flow.tags(), stamp)) {
      return false;
    }
    forget(flow.key());
    if (flows.size() >= capacity) {
      removeOldest();
    }
    while (!cache.install(flow.key(), flow.actions()) && !flows.isEmpty()) {
      removeOldest();
    }
    FlowEntry entry = new FlowEntry(flow, nanoClock.getAsLong());
    flows.put(flow.key(), entry);
    index.add(entry);
    return true;
  }

  /**
   * Begins connections by a template from now on.
   *
   * @param tags what it rests on
   * @return its slot, 0 if it cannot be: as there is no room, or as a tag was invalidated since the
   *     stamp
   */
  public synchronized int install(Template template, Set<FlowTag> tags, long stamp) {
    return templates == null || isStale(tags, stamp) ? 0 : templates.install(template, tags);
  }

  /** The flow of a key, null if there is none. */
  public synchronized @Nullable Flow get(FlowKey key) {
    FlowEntry entry = flows.get(key);
    return entry == null ? null : entry.flow;
  }

  /** What the flows with a tag were last seen to have carried. */
  public synchronized List<FlowStatistics> carried(FlowTag tag) {
    List<FlowStatistics> carried = new ArrayList<>();
    index.forEach(tag, entry -> carried.add(entry.seen()));
    return carried;
  }

  /** All flows with what they were last seen to have carried, the oldest first. */
  public synchronized View view() {
    long now = nanoClock.getAsLong();
    List<Seen> seen = new ArrayList<>(flows.size());
    flows
        .values()
        .forEach(entry -> seen.add(new Seen(entry.flow, entry.seen(now), now - entry.installed)));
    return new View(seen, swept);
  }

  /** When the statistics were read, on the table's clock; 0 if never. */
  public synchronized long swept() {
    return swept;
  }

  public synchronized int size() {
    return flows.size();
  }

  /**
   * Something changed: flows that rest on it go, and so do decisions under way.
   *
   * @return how many flows went
   */
  public synchronized int invalidate(Collection<? extends FlowTag> tags) {
    if (templates != null) {
      templates.invalidate(tags);
    }
    List<FlowKey> keys = new ArrayList<>();
    for (FlowTag tag : tags) {
      remember(tag);
      index.forEach(
          tag,
          entry -> {
            keys.add(entry.flow.key());
            forget(entry.flow.key());
          });
    }
    if (!keys.isEmpty()) {
      cache.remove(keys);
    }
    return keys.size();
  }

  /**
   * The same for what the decision under way changes itself, and knows of.
   *
   * @param stamp that was taken for the decision
   * @return the stamp for its flows: if nothing else happened since, they are not kept out by this
   */
  public synchronized long invalidateOwn(Collection<? extends FlowTag> tags, long stamp) {
    boolean alone = sequence == stamp;
    invalidate(tags);
    return alone ? sequence : stamp;
  }

  /** Flows with these keys go. */
  public synchronized void remove(Collection<FlowKey> keys) {
    keys.forEach(this::forget);
    if (!keys.isEmpty()) {
      cache.remove(keys);
    }
  }

  /** All flows go, and so do all decisions under way. */
  public synchronized void removeAll() {
    oldestUsableStamp = ++sequence;
    if (templates != null) {
      templates.killAll();
    }
    flows.clear();
    index.clear();
    cache.removeAll();
  }

  /**
   * Reads the cache's statistics and ends what is due. Every ten seconds it looks whether the cache
   * has lost flows, too, and takes out what the table does not know, such as flows of a process
   * before this one. To be called every second or so.
   */
  public Sweep sweep() {
    return sweep(() -> {});
  }

  /**
   * The same, for a thread that has other things to do.
   *
   * @param between run every few hundred flows; it may install and remove flows
   */
  public synchronized Sweep sweep(Runnable between) {
    long now = nanoClock.getAsLong();
    boolean all = sweptAll == 0 || now - sweptAll >= ALL_NANOS;
    long lately = all ? Long.MAX_VALUE : now - swept + OVERLAP_NANOS;
    swept = now;
    sweptAll = all ? now : sweptAll;
    long number = ++sweeps;
    List<Flow> active = new ArrayList<>();
    List<FlowKey> gone = new ArrayList<>();
    int[] visited = new int[1];
    cache.forEach(
        lately,
        (key, statistics) -> {
          if (++visited[0] % AT_ONCE == 0) {
            between.run();
          }
          FlowEntry entry = flows.get(key);
          if (entry == null) {
            gone.add(key);
            return;
          }
          long before = entry.seen().bytes();
          if (entry.see(statistics, now)) {
            active.add(entry.flow);
            count(entry.flow, statistics.bytes() - before);
          }
          entry.sweep = number;
        });
    List<Ended> ended = ended(all ? number : ANY_SWEEP, now, between);
    ended.forEach(end -> gone.add(end.flow().key()));
    for (int from = 0; from < gone.size(); from += AT_ONCE) {
      remove(gone.subList(from, Math.min(from + AT_ONCE, gone.size())));
      between.run();
    }
    return new Sweep(ended, active);
  }

  /**
   * The flows that have ended.
   *
   * @param sweep that has seen those which the cache still has, or {@link #ANY_SWEEP}
   */
  private List<Ended> ended(long sweep, long now, Runnable between) {
    List<Ended> ended = new ArrayList<>();
    int visited = 0;
    // Those of one moment, as they come and go in between.
    for (FlowEntry entry : flows.values().toArray(FlowEntry[]::new)) {
      if (++visited % AT_ONCE == 0) {
        between.run();
      }
      // One that the cache has lost counts as idle: its next packet comes up.
      boolean lost = sweep != ANY_SWEEP && entry.sweep != sweep && entry.installed < now;
      Reason reason = lost ? Reason.IDLE : endOf(entry, now);
      if (reason != null && isPresent(entry)) {
        ended.add(new Ended(entry.flow, entry.seen(), reason));
      }
    }
    return ended;
  }

  /** Another entry of the same key is another flow. */
  private boolean isPresent(FlowEntry entry) {
    return flows.get(entry.flow.key()) == entry;
  }

  private void count(Flow flow, long more) {
    for (FlowTag tag : flow.tags()) {
      if (tag instanceof CountedTag counted) {
        octets.merge(counted, more, Long::sum);
      }
    }
  }

  /** What flows with a tag have carried until the last sweep, also those that are no more. */
  public synchronized long octets(CountedTag tag) {
    return octets.getOrDefault(tag, 0L);
  }

  /** Forgets what flows with tags have carried of which a condition holds. */
  public synchronized void forgetOctets(Predicate<CountedTag> condition) {
    octets.keySet().removeIf(condition);
  }

  private static @Nullable Reason endOf(FlowEntry entry, long now) {
    long hard = entry.flow.hard().toNanos();
    if (hard > 0 && now - entry.installed >= hard) {
      return Reason.HARD;
    }
    long idle = entry.flow.idle().toNanos();
    return idle > 0 && entry.idleNanos(now) >= idle ? Reason.IDLE : null;
  }

  private boolean isStale(Set<FlowTag> tags, long stamp) {
    if (stamp == sequence) {
      return false;
    }
    if (stamp < oldestUsableStamp) {
      return true;
    }
    // Decisions take microseconds, so that this is about what happened meanwhile alone.
    for (long at = stamp + 1; at <= sequence; at++) {
      FlowTag tag = invalidated[(int) (at % REMEMBERED)];
      if (tag != null && tags.contains(tag)) {
        return true;
      }
    }
    return false;
  }

  private void remember(FlowTag tag) {
    sequence++;
    oldestUsableStamp = Math.max(oldestUsableStamp, sequence - REMEMBERED);
    invalidated[(int) (sequence % REMEMBERED)] = tag;
  }

  private void removeOldest() {
    FlowKey oldest = flows.keySet().iterator().next();
    remove(List.of(oldest));
  }

  private void forget(FlowKey key) {
    FlowEntry entry = flows.remove(key);
    if (entry != null) {
      index.remove(entry);
    }
  }
}
