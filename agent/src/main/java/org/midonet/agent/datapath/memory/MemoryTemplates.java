package org.midonet.agent.datapath.memory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.midonet.agent.flow.BegunFlow;
import org.midonet.agent.flow.Classifier;
import org.midonet.agent.flow.FlowKey;
import org.midonet.agent.flow.Fragment;
import org.midonet.agent.flow.Input;
import org.midonet.agent.flow.TcpFlags;
import org.midonet.agent.flow.Template;
import org.midonet.agent.flow.TemplateCache;
import org.midonet.packets.IpProtocol;

/** Templates in memory, as the program in the kernel has them. Safe to share between threads. */
final class MemoryTemplates implements TemplateCache {
  private static final int SLOTS = 256;
  private static final int ANY = TcpFlags.SYN | TcpFlags.ACK | TcpFlags.RST | TcpFlags.FIN;

  /** The lock of the datapath, which owns the flows. */
  private final Object lock;

  private final Map<FlowKey, Cached> flows;
  private final IntPredicate hasRoomFor;
  private final Map<FlowKey, Integer> byKey = new HashMap<>();
  private final Map<Integer, Held> bySlot = new HashMap<>();
  private final Map<Integer, Long> credits = new HashMap<>();
  private int lastSerial;

  private static final class Held {
    final Template template;
    final int serial;
    boolean killed;
    long begun;

    Held(Template template, int serial) {
      this.template = template;
      this.serial = serial;
    }
  }

  MemoryTemplates(Object lock, Map<FlowKey, Cached> flows, IntPredicate hasRoomFor) {
    this.lock = lock;
    this.flows = flows;
    this.hasRoomFor = hasRoomFor;
  }

  boolean isCurrent(Cached flow) {
    Held held = bySlot.get(flow.slot);
    return flow.slot == 0 || (held != null && held.serial == flow.serial && !held.killed);
  }

  /** Makes the flows of a packet's connection; that of its own way, null where it is to come up. */
  @Nullable Cached begin(Classifier.Classified packet) {
    FlowKey key = packet.key();
    Integer slot = mayBegin(packet) ? byKey.get(Template.pattern(key)) : null;
    Held held = slot == null ? null : bySlot.get(slot);
    if (slot == null || held == null || held.killed) {
      return null;
    }
    Template template = held.template;
    int turn = template.variantAt(held.begun);
    int port = key.sourcePort();
    FlowKey back = template.back(turn, port);
    Cached other = flows.get(back);
    boolean taken =
        other != null && isCurrent(other) && (other.slot != slot || other.clientPort != port);
    if (taken || !hasRoomFor.test(2) || !take(template)) {
      return null;
    }
    held.begun++;
    Cached there =
        new Cached(template.actions(turn, false, port), slot, held.serial, turn, false, port);
    flows.put(key, there);
    flows.put(
        back, new Cached(template.actions(turn, true, port), slot, held.serial, turn, true, port));
    return there;
  }

  private static boolean mayBegin(Classifier.Classified packet) {
    FlowKey key = packet.key();
    return key.input() instanceof Input.Port
        && key.ipSource() != null
        && key.fragment() == Fragment.NONE
        && (key.protocol() == IpProtocol.UDP.number()
            || (key.protocol() == IpProtocol.TCP.number()
                && (packet.tcpFlags() & ANY) == TcpFlags.SYN));
  }

  private boolean take(Template template) {
    int payer = template.payer();
    long cost = template.cost();
    if (credit(ALL) < cost || (payer != 0 && credit(payer) < cost)) {
      return false;
    }
    addCredit(ALL, -cost);
    if (payer != 0) {
      addCredit(payer, -cost);
    }
    return true;
  }

  @Override
  public int slots() {
    return SLOTS;
  }

  @Override
  public boolean install(int slot, Template template) {
    synchronized (lock) {
      bySlot.put(slot, new Held(template, ++lastSerial));
      byKey.put(template.key(), slot);
      return true;
    }
  }

  @Override
  public void retire(int slot) {
    synchronized (lock) {
      Held held = bySlot.get(slot);
      if (held != null) {
        byKey.remove(held.template.key(), slot);
      }
    }
  }

  @Override
  public void kill(int slot) {
    synchronized (lock) {
      retire(slot);
      Held held = bySlot.get(slot);
      if (held != null) {
        held.killed = true;
      }
    }
  }

  void killAll() {
    List.copyOf(bySlot.keySet()).forEach(this::kill);
  }

  @Override
  public void free(int slot) {
    synchronized (lock) {
      kill(slot);
      bySlot.remove(slot);
      flows.values().removeIf(flow -> flow.slot == slot);
    }
  }

  @Override
  public long begun(int slot) {
    synchronized (lock) {
      Held held = bySlot.get(slot);
      return held == null ? 0 : held.begun;
    }
  }

  @Override
  public void forEachBegun(Consumer<BegunFlow> visitor) {
    List<BegunFlow> found = new ArrayList<>();
    synchronized (lock) {
      flows.values().stream()
          .filter(flow -> flow.slot != 0)
          .forEach(flow -> found.add(flow.begun()));
    }
    found.forEach(visitor);
  }

  @Override
  public @Nullable BegunFlow begun(FlowKey key) {
    synchronized (lock) {
      Cached flow = flows.get(key);
      return flow == null || flow.slot == 0 ? null : flow.begun();
    }
  }

  @Override
  public @Nullable BegunFlow takeOut(FlowKey key) {
    synchronized (lock) {
      BegunFlow flow = begun(key);
      if (flow != null) {
        flows.remove(key);
      }
      return flow;
    }
  }

  @Override
  public long credit(int account) {
    synchronized (lock) {
      return credits.getOrDefault(account, 0L);
    }
  }

  @Override
  public void addCredit(int account, long more) {
    synchronized (lock) {
      credits.merge(account, more, Long::sum);
    }
  }

  /** Nothing outlives the process. */
  @Override
  public Map<Integer, Template> adopted() {
    return Map.of();
  }
}
