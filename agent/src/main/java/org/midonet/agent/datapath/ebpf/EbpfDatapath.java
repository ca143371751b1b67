package org.midonet.agent.datapath.ebpf;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.midonet.agent.datapath.Datapath;
import org.midonet.agent.datapath.DatapathConfig;
import org.midonet.agent.datapath.DatapathCounters;
import org.midonet.agent.datapath.DatapathException;
import org.midonet.agent.datapath.Miss;
import org.midonet.agent.flow.Actions;
import org.midonet.agent.flow.FlowKey;
import org.midonet.agent.flow.FlowStatistics;
import org.midonet.agent.flow.TemplateCache;
import org.midonet.agent.linux.Libc;
import org.midonet.agent.linux.Link;
import org.midonet.agent.linux.Links;
import org.midonet.agent.linux.LinuxException;
import org.midonet.agent.linux.PacketSocket;
import org.midonet.agent.linux.VnetHeader;

/**
 * The datapath of the network namespace in which it is opened and used, forwarding in the kernel.
 * Safe to share between threads; one thread at a time polls.
 *
 * <p>It needs root and a kernel with tcx, 6.6 or later. What it keeps in the kernel outlives the
 * process unless {@link #close} removes it; who opens it next under the same name takes over.
 */
public final class EbpfDatapath implements Datapath {
  private static final int MARK_GROUP = 0x4000_0000;
  private static final int BIG_MTU = 65_535;
  private static final int OVERLAY_MTU = 65_000;

  private final DatapathConfig config;
  private final Pins pins;
  private final Map<String, BpfMap> maps = new HashMap<>();
  private final Links links;
  private final Attachments attachments;
  private final Ports ports;
  private final Groups groups;
  private final Counters counters;
  private final RingBuffer ring;
  private final PacketSocket agentSocket;
  private final Words words;
  private final Templates templates;
  private final Map<FlowKey, Integer> groupOfFlow = new HashMap<>();
  private final int program;

  // Guarded by this. One flow after the other is put by the same memory.
  private final Arena arena = Arena.ofShared();
  private final MemorySegment keyBytes = arena.allocate(KeyCodec.SIZE, 8);
  private final MemorySegment flowBytes = arena.allocate(FlowLayout.SIZE, 8);
  private final BpfMap.Put putFlow;

  private EbpfDatapath(DatapathConfig config) {
    this.config = config;
    pins = new Pins(config.name());
    for (MapSpec spec : MapSpec.all(config)) {
      maps.put(spec.name(), pins.map(spec));
    }
    putFlow = map(MapSpec.FLOWS).put(arena, keyBytes, flowBytes);
    ElfObject object = new ElfObject(readObject());
    program = load(object, "ingress");
    int group = load(object, "group");
    try (Arena arena = Arena.ofConfined()) {
      map(MapSpec.PROGRAMS).update(0, arena.allocateFrom(JAVA_INT, group));
    }
    Libc.close(group);
    words = new Words(map(MapSpec.WORDS), MapSpec.MAX_TEMPLATES + 1);
    templates = new Templates(this::map, words);
    try (Arena arena = Arena.ofConfined()) {
      int flag = KernelRelease.current().isAtLeast(6, 16) ? 1 : 0;
      map(MapSpec.CONTROL).update(0, arena.allocateFrom(JAVA_INT, flag));
    }
    counters = new Counters(map(MapSpec.COUNTERS));
    groups = new Groups(map(MapSpec.GROUPS));
    ring = new RingBuffer(map(MapSpec.UPCALLS).fd(), config.ringBytes());
    links = new Links();
    attachments = new Attachments(config.name(), pins, program);
    ports = new Ports(map(MapSpec.DEVICES), map(MapSpec.PORTS), attachments, config);
    adopt();
    agentSocket = new PacketSocket(setUpDevices(), false);
  }

  /**
   * Opens the datapath of this namespace, taking over what an earlier process left.
   *
   * @throws DatapathException if the kernel refuses, for instance for lack of rights
   */
  public static EbpfDatapath open(DatapathConfig config) {
    try {
      return new EbpfDatapath(config);
    } catch (LinuxException | UncheckedIOException e) {
      throw new DatapathException("cannot set up the eBPF datapath: " + e.getMessage(), e);
    }
  }

  static byte[] readObject() {
    try (InputStream in = EbpfDatapath.class.getResourceAsStream("flow_cache.o")) {
      if (in == null) {
        throw new IllegalStateException("flow_cache.o is not on the class path");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int load(ElfObject object, String name) {
    return Bpf.loadProgram(name, object.link("tc/" + name, symbol -> map(symbol).fd()));
  }

  private BpfMap map(String name) {
    BpfMap map = maps.get(name);
    if (map == null) {
      throw new IllegalStateException("the program names a map '" + name + "'");
    }
    return map;
  }

  private void adopt() {
    Map<Integer, Link> present = new HashMap<>();
    links.list().forEach(link -> present.put(link.index(), link));
    ports.adopt(present);
    Map<Integer, Integer> references = new HashMap<>();
    map(MapSpec.FLOWS)
        .forEach((key, flow) -> {
          int group = FlowLayout.group(flow);
          if (group != 0) {
            groupOfFlow.put(KeyCodec.read(key, 0), group);
            references.merge(group, 1, Integer::sum);
          }
        });
    groups.adopt(references);
  }

  /** Makes the agent's own pair of devices and the overlay's; answers the end to send on. */
  private int setUpDevices() {
    String in = config.name() + "-in";
    String out = config.name() + "-out";
    if (links.find(in).isEmpty()) {
      links.createVeth(in, out);
    }
    Link sending = links.get(in);
    Link receiving = links.get(out);
    for (Link link : List.of(sending, receiving)) {
      links.setMtu(link.index(), BIG_MTU);
      links.setUp(link.index());
    }
    ports.attachAgent(receiving);
    config.overlay().ifPresent(this::setUpOverlay);
    return sending.index();
  }

  private void setUpOverlay(DatapathConfig.Overlay overlay) {
    if (links.find(overlay.device()).isEmpty()) {
      links.createVxlan(overlay.device(), overlay.udpPort());
    }
    Link link = links.get(overlay.device());
    links.setMtu(link.index(), OVERLAY_MTU);
    links.setUp(link.index());
    ports.attachOverlay(link);
  }

  @Override
  public synchronized int attach(String device) {
    return ports.attach(
        links
            .find(device)
            .orElseThrow(() -> new DatapathException("there is no device '" + device + "'")));
  }

  @Override
  public synchronized void detach(int port) {
    ports.detach(port);
  }

  @Override
  public synchronized Map<Integer, String> ports() {
    return ports.names();
  }

  @Override
  public synchronized boolean install(FlowKey key, Actions actions) {
    List<OpCodec.Op> ops = OpCodec.encode(actions.list());
    int group = 0;
    if (ops.size() > OpCodec.FLOW_OPS) {
      int kept = OpCodec.FLOW_OPS - 1;
      group = groups.hold(ops.subList(kept, ops.size()));
      ops = new ArrayList<>(ops.subList(0, kept));
      ops.add(OpCodec.Op.group(group));
    }
    KeyCodec.write(key, keyBytes, 0);
    FlowLayout.write(ops, generation(), System.nanoTime(), flowBytes);
    boolean installed = putFlow.run();
    if (installed) {
      replaceGroup(key, group);
    } else if (group != 0) {
      groups.release(group);
    }
    return installed;
  }

  private void replaceGroup(FlowKey key, int group) {
    if (group == 0 && groupOfFlow.isEmpty()) {
      return;
    }
    Integer old = group == 0 ? groupOfFlow.remove(key) : groupOfFlow.put(key, group);
    if (old != null) {
      groups.release(old);
    }
  }

  @Override
  public synchronized void remove(Collection<FlowKey> keys) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment bytes = arena.allocate((long) KeyCodec.SIZE * Math.max(1, keys.size()), 8);
      long at = 0;
      for (FlowKey key : keys) {
        KeyCodec.write(key, bytes, at);
        at += KeyCodec.SIZE;
      }
      map(MapSpec.FLOWS).deleteAll(bytes, keys.size());
    }
    keys.forEach(key -> replaceGroup(key, 0));
  }

  /** Flows of an older generation are misses at once; they are taken out after that. */
  @Override
  public synchronized void removeAll() {
    templates.killAll();
    int current = words.next(0);
    List<FlowKey> old = new ArrayList<>();
    map(MapSpec.FLOWS)
        .forEach((key, flow) -> {
          if (FlowLayout.slot(flow) == 0 && FlowLayout.generation(flow) != current) {
            old.add(KeyCodec.read(key, 0));
          }
        });
    remove(old);
  }

  private int generation() {
    return words.get(0);
  }

  @Override
  public void forEach(long idleNanos, BiConsumer<FlowKey, FlowStatistics> visitor) {
    long now = System.nanoTime();
    int current = generation();
    map(MapSpec.FLOWS)
        .forEach((key, flow) -> {
          if (FlowLayout.slot(flow) == 0
              && FlowLayout.generation(flow) == current
              && FlowLayout.idleNanos(flow, now) <= idleNanos) {
            visitor.accept(KeyCodec.read(key, 0), FlowLayout.statistics(flow, now));
          }
        });
  }

  @Override
  public int poll(Consumer<Miss> handler, long timeoutMillis) {
    return ring.read(record -> handler.accept(UpcallLayout.read(record)), timeoutMillis);
  }

  @Override
  public void resend(Miss miss) {
    VnetHeader header = Offload.of(miss.frame(), miss.segmentSize());
    agentSocket.send(miss.frame(), header, KeyCodec.input(miss.key().input()));
  }

  @Override
  public void emit(byte[] frame, Actions actions) {
    send(frame, VnetHeader.NONE, actions);
  }

  @Override
  public void emit(Miss miss, Actions actions) {
    send(miss.frame(), Offload.of(miss.frame(), miss.segmentSize()), actions);
  }

  private void send(byte[] frame, VnetHeader header, Actions actions) {
    if (actions.isDrop()) {
      return;
    }
    int group;
    synchronized (this) {
      group = groups.forPacket(OpCodec.encode(actions.list()), System.nanoTime());
    }
    agentSocket.send(frame, header, MARK_GROUP | group);
  }

  @Override
  public TemplateCache templates() {
    return templates;
  }

  @Override
  public DatapathCounters counters() {
    return counters.read();
  }

  /** The program on each device's ingress, for tests that run it by itself. */
  int program() {
    return program;
  }

  @Override
  public synchronized void leave() {
    attachments.close();
    agentSocket.close();
    links.close();
    ring.close();
    words.close();
    templates.close();
    Libc.close(program);
    maps.values().forEach(BpfMap::close);
    arena.close();
  }

  @Override
  public synchronized void close() {
    attachments.devices().forEach(attachments::detach);
    pins.remove();
    links.find(config.name() + "-in").ifPresent(link -> links.delete(link.index()));
    config
        .overlay()
        .flatMap(overlay -> links.find(overlay.device()))
        .ifPresent(link -> links.delete(link.index()));
    leave();
  }
}
