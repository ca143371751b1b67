package org.midonet.agent.datapath.memory;

import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.midonet.agent.datapath.Datapath;
import org.midonet.agent.datapath.DatapathConfig;
import org.midonet.agent.datapath.DatapathCounters;
import org.midonet.agent.datapath.DatapathException;
import org.midonet.agent.datapath.Miss;
import org.midonet.agent.flow.Action;
import org.midonet.agent.flow.Actions;
import org.midonet.agent.flow.Classifier;
import org.midonet.agent.flow.FlowKey;
import org.midonet.agent.flow.FlowStatistics;
import org.midonet.agent.flow.Input;
import org.midonet.agent.flow.TcpFlags;
import org.midonet.agent.flow.TemplateCache;
import org.midonet.packets.Ipv4Address;

/**
 * A datapath of arrays and queues. Safe to share between threads: a packet is forwarded by the
 * thread that sends it.
 */
public final class MemoryDatapath implements Datapath {
  private static final int RING_RECORD = 256;
  private static final int OVERLAY = 0;
  private static final int TCP = 6;

  private final DatapathConfig config;
  private final Ipv4Address address;
  private final MemoryUnderlay underlay;
  private final Map<String, MemoryDevice> devices = new HashMap<>();
  private final Map<Integer, MemoryDevice> ports = new TreeMap<>();
  private final Map<Integer, Bucket> buckets = new HashMap<>();
  private final Map<FlowKey, Cached> flows = new LinkedHashMap<>();
  private final MemoryTemplates templates = new MemoryTemplates(this, flows, this::hasRoomFor);
  private final BlockingQueue<Miss> misses;
  private final Map<Counter, Long> counters = new EnumMap<>(Counter.class);
  private int lastPort;

  private enum Counter {
    HITS,
    MISSES,
    RATE_LIMITED,
    RING_FULL,
    MALFORMED,
    NO_PORT,
    DROPPED,
    BEGUN
  }

  /** When the bucket of a port is full again; what that is ahead of now has been taken. */
  private static final class Bucket {
    long full;
  }

  /**
   * Makes a datapath without devices.
   *
   * @param address of the host on the underlay
   */
  public MemoryDatapath(DatapathConfig config, Ipv4Address address, MemoryUnderlay underlay) {
    this.config = config;
    this.address = address;
    this.underlay = underlay;
    misses = new ArrayBlockingQueue<>(Math.max(1, config.ringBytes() / RING_RECORD));
    underlay.join(address, this);
  }

  /** Makes a device of the host, not attached yet. */
  public synchronized MemoryDevice plug(String name) {
    MemoryDevice device = new MemoryDevice(name, frame -> fromDevice(name, frame));
    devices.put(name, device);
    return device;
  }

  @Override
  public synchronized int attach(String name) {
    MemoryDevice device = devices.get(name);
    if (device == null) {
      throw new DatapathException("there is no device '" + name + "'");
    }
    Integer number = numberOf(device);
    if (number == null) {
      number = ++lastPort;
      ports.put(number, device);
    }
    return number;
  }

  private @Nullable Integer numberOf(MemoryDevice device) {
    for (Map.Entry<Integer, MemoryDevice> port : ports.entrySet()) {
      if (port.getValue() == device) {
        return port.getKey();
      }
    }
    return null;
  }

  @Override
  public synchronized void detach(int port) {
    ports.remove(port);
  }

  @Override
  public synchronized Map<Integer, String> ports() {
    Map<Integer, String> names = new TreeMap<>();
    ports.forEach((number, device) -> names.put(number, device.name()));
    return names;
  }

  private synchronized void fromDevice(String name, byte[] frame) {
    MemoryDevice device = devices.get(name);
    Integer number = device == null ? null : numberOf(device);
    if (number != null) {
      process(new Input.Port(number), frame, null, false);
    }
  }

  void fromPeer(Ipv4Address from, int key, byte[] frame) {
    synchronized (this) {
      process(new Input.Tunnel(key), frame, from, false);
    }
  }

  private void process(Input input, byte[] frame, @Nullable Ipv4Address remote, boolean resent) {
    Classifier.Classified read = Classifier.classify(input, frame);
    if (read == null) {
      count(Counter.MALFORMED);
      return;
    }
    Up up = new Up(read.key(), frame, remote, resent);
    if (read.kind() == Classifier.Kind.ALWAYS_UP) {
      comeUp(up, Miss.Reason.ALWAYS);
      return;
    }
    Cached flow = flows.get(read.key());
    if (flow == null || !templates.isCurrent(flow)) {
      flow = resent ? null : templates.begin(read);
      if (flow == null) {
        comeUp(up, Miss.Reason.NO_FLOW);
        return;
      }
      count(Counter.BEGUN);
    }
    flow.packets++;
    flow.bytes += frame.length;
    flow.used = System.nanoTime();
    if (read.key().protocol() == TCP) {
      flow.tcpFlags = TcpFlags.after(flow.tcpFlags, read.tcpFlags());
    }
    count(Counter.HITS);
    if (flow.actions.isDrop()) {
      count(Counter.DROPPED);
      return;
    }
    apply(flow.actions, frame, up);
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Up(FlowKey key, byte[] frame, @Nullable Ipv4Address remote, boolean resent) {}

  private void comeUp(@Nullable Up up, Miss.Reason reason) {
    if (up == null) {
      return;
    }
    int port = up.key.input() instanceof Input.Port(int number) ? number : OVERLAY;
    long now = System.nanoTime();
    if (!mayComeUp(port, now, up.frame.length)) {
      count(Counter.RATE_LIMITED);
      return;
    }
    count(Counter.MISSES);
    if (!misses.offer(new Miss(up.key, up.frame, reason, 0, up.resent, up.remote, now))) {
      count(Counter.RING_FULL);
    }
  }

  private boolean mayComeUp(int port, long now, int length) {
    if (config.missesPerSecond() == 0) {
      return true;
    }
    long cost = TimeUnit.SECONDS.toNanos(1) / config.missesPerSecond();
    Bucket bucket = buckets.computeIfAbsent(port, _ -> new Bucket());
    long full = Math.max(bucket.full, now);
    if (full - now > cost * config.missBurst()) {
      return false;
    }
    bucket.full = full + cost * share(length);
    return true;
  }

  /** As in the kernel, where long packets take more room while they wait. */
  private static int share(int length) {
    return length <= 160 ? 1 : length <= 1952 ? 4 : 128;
  }

  /** Applies actions; a check that fails sends the packet up, or drops it if it cannot come up. */
  private void apply(Actions actions, byte[] frame, @Nullable Up up) {
    FrameEditor editor = new FrameEditor(frame);
    for (Action action : actions.list()) {
      switch (action) {
        case Action.SetEther(var source, var destination) -> editor.setEther(source, destination);
        case Action.SetVlan(int id) -> editor.setVlan(id);
        case Action.PopVlan() -> editor.popVlan();
        case Action.SetIp(var source, var destination) -> editor.setIp(source, destination);
        case Action.SetPorts(int source, int destination) -> editor.setPorts(source, destination);
        case Action.SetIcmpId(int id) -> editor.setIcmpId(id);
        case Action.SetDscp(int dscp) -> editor.setDscp(dscp);
        case Action.DecrementTtl(int by) -> {
          if (!editor.decrementTtl(by)) {
            comeUp(up, Miss.Reason.TTL);
            return;
          }
        }
        case Action.CheckMtu check -> {
          if (!editor.fits(check)) {
            comeUp(up, Miss.Reason.MTU);
            return;
          }
        }
        case Action.Output(int port) -> output(port, editor.frame());
        case Action.Tunnel(Ipv4Address remote, int key) ->
            underlay.carry(address, remote, key, editor.frame());
      }
    }
  }

  private void output(int port, byte[] frame) {
    MemoryDevice device = ports.get(port);
    if (device == null) {
      count(Counter.NO_PORT);
    } else {
      device.deliver(frame);
    }
  }

  private void count(Counter counter) {
    counters.merge(counter, 1L, Long::sum);
  }

  @Override
  public synchronized boolean install(FlowKey key, Actions actions) {
    if (!flows.containsKey(key) && flows.size() >= config.flows()) {
      return false;
    }
    flows.put(key, new Cached(actions));
    return true;
  }

  private boolean hasRoomFor(int more) {
    return flows.size() + more <= config.flows();
  }

  @Override
  public synchronized void remove(Collection<FlowKey> keys) {
    keys.forEach(flows::remove);
  }

  @Override
  public synchronized void removeAll() {
    flows.values().removeIf(flow -> flow.slot == 0);
    templates.killAll();
  }

  @Override
  public void forEach(long idleNanos, BiConsumer<FlowKey, FlowStatistics> visitor) {
    Map<FlowKey, FlowStatistics> copy = new LinkedHashMap<>();
    synchronized (this) {
      long now = System.nanoTime();
      flows.forEach((key, flow) -> {
        long idle = now - flow.used;
        if (flow.slot == 0 && idle <= idleNanos) {
          copy.put(key, new FlowStatistics(flow.packets, flow.bytes, idle, flow.tcpFlags));
        }
      });
    }
    copy.forEach(visitor);
  }

  @Override
  public int poll(Consumer<Miss> handler, long timeoutMillis) {
    Miss miss = first(timeoutMillis);
    int count = 0;
    while (miss != null) {
      handler.accept(miss);
      count++;
      miss = misses.poll();
    }
    return count;
  }

  private @Nullable Miss first(long timeoutMillis) {
    try {
      return misses.poll(timeoutMillis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  @Override
  public synchronized void resend(Miss miss) {
    process(miss.key().input(), miss.frame(), miss.remote(), true);
  }

  @Override
  public synchronized void emit(byte[] frame, Actions actions) {
    apply(actions, frame, null);
  }

  @Override
  public void emit(Miss miss, Actions actions) {
    emit(miss.frame(), actions);
  }

  @Override
  public TemplateCache templates() {
    return templates;
  }

  @Override
  public synchronized DatapathCounters counters() {
    return new DatapathCounters(
        of(Counter.HITS),
        of(Counter.MISSES),
        of(Counter.RATE_LIMITED),
        of(Counter.RING_FULL),
        of(Counter.MALFORMED),
        0,
        of(Counter.NO_PORT),
        of(Counter.DROPPED),
        0,
        of(Counter.BEGUN));
  }

  private long of(Counter counter) {
    return counters.getOrDefault(counter, 0L);
  }

  /** Nothing outlives the process: the same as {@link #close}. */
  @Override
  public void leave() {
    close();
  }

  @Override
  public synchronized void close() {
    underlay.leave(address, this);
    ports.clear();
    flows.clear();
  }
}
