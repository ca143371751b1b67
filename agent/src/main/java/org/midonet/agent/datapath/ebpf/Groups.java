package org.midonet.agent.datapath.ebpf;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.midonet.agent.datapath.ebpf.OpCodec.Op;

/**
 * Lists of operations too long for a flow, and those of single packets that the agent sends. Not
 * safe to share: the datapath holds its lock.
 *
 * <p>Equal lists are one group, counted. A long list is a chain of groups. Those of single packets
 * stay for a while, because a packet needs its group until it has gone through the stack.
 */
final class Groups {
  /** The program follows at most 33 groups, as tail calls are limited. */
  static final int MAX_OPS = 32 * OpCodec.GROUP_OPS;

  private static final int MAX_TRANSIENT = 4096;
  private static final long TRANSIENT_NANOS = 1_000_000_000L;
  private static final int MAX_ID = 0x3fff_ffff;

  private final BpfMap map;
  private final Map<List<Op>, Group> byContent = new HashMap<>();
  private final Map<Integer, Group> byId = new HashMap<>();
  private final Map<List<Op>, Used> recent = new LinkedHashMap<>(16, 0.75f, true);
  private int lastId;

  private static final class Group {
    final List<Op> content;
    final int[] chain;
    int references;

    Group(List<Op> content, int[] chain) {
      this.content = content;
      this.chain = chain;
    }
  }

  private record Used(Group group, long at) {}

  Groups(BpfMap map) {
    this.map = map;
  }

  /** The group of a list for a flow, until it is released. */
  int hold(List<Op> ops) {
    Group group = byContent.get(ops);
    if (group == null) {
      group = create(List.copyOf(ops));
    }
    group.references++;
    return group.chain[0];
  }

  /** A flow has no more use for a group. */
  void release(int id) {
    Group group = byId.get(id);
    if (group != null && --group.references == 0) {
      delete(group);
    }
  }

  /** The group of a list for a packet that is sent at once. */
  int forPacket(List<Op> ops, long now) {
    Used used = recent.get(ops);
    if (used == null) {
      expire(now);
      hold(ops);
      used = new Used(java.util.Objects.requireNonNull(byContent.get(ops)), now);
    }
    recent.put(used.group.content, new Used(used.group, now));
    return used.group.chain[0];
  }

  private void expire(long now) {
    var eldest = recent.values().iterator();
    while (eldest.hasNext()) {
      Used used = eldest.next();
      if (now - used.at < TRANSIENT_NANOS && recent.size() < MAX_TRANSIENT) {
        return;
      }
      eldest.remove();
      release(used.group.chain[0]);
    }
  }

  private Group create(List<Op> ops) {
    if (ops.size() > MAX_OPS) {
      throw new IllegalArgumentException(
          ops.size() + " actions, more than the " + MAX_OPS + " that fit");
    }
    int count = Math.max(1, Math.ceilDiv(ops.size(), OpCodec.GROUP_OPS));
    int[] chain = new int[count];
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment value = arena.allocate(OpCodec.GROUP_SIZE, 8);
      int next = 0;
      for (int i = count - 1; i >= 0; i--) {
        int from = i * OpCodec.GROUP_OPS;
        int to = Math.min(ops.size(), from + OpCodec.GROUP_OPS);
        chain[i] = freeId();
        OpCodec.writeGroup(ops.subList(from, to), next, value);
        map.update(chain[i], value);
        next = chain[i];
      }
    }
    Group group = new Group(ops, chain);
    byContent.put(ops, group);
    byId.put(chain[0], group);
    return group;
  }

  private int freeId() {
    lastId = lastId == MAX_ID ? 1 : lastId + 1;
    return lastId;
  }

  /** Deletes groups of a process before this one that no flow needs. */
  void adopt(Map<Integer, Integer> references) {
    Set<Integer> ids = new HashSet<>();
    Map<Integer, Integer> next = new HashMap<>();
    map.forEach((key, value) -> {
      int id = key.get(JAVA_INT, 0);
      ids.add(id);
      next.put(id, value.get(java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED, 4));
    });
    references.forEach((id, count) -> {
      int[] chain = chain(id, next);
      Group group = new Group(List.of(), chain);
      group.references = count;
      byId.put(id, group);
      for (int part : chain) {
        ids.remove(part);
      }
    });
    lastId = next.keySet().stream().mapToInt(Integer::intValue).max().orElse(0);
    ids.forEach(map::delete);
  }

  private static int[] chain(int first, Map<Integer, Integer> next) {
    List<Integer> chain = new ArrayList<>();
    int id = first;
    while (id != 0 && !chain.contains(id)) {
      chain.add(id);
      id = next.getOrDefault(id, 0);
    }
    return chain.stream().mapToInt(Integer::intValue).toArray();
  }

  private void delete(Group group) {
    byId.remove(group.chain[0]);
    byContent.remove(group.content, group);
    for (int id : group.chain) {
      map.delete(id);
    }
  }
}
