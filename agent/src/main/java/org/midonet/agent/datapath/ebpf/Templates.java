package org.midonet.agent.datapath.ebpf;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.midonet.agent.flow.BegunFlow;
import org.midonet.agent.flow.FlowKey;
import org.midonet.agent.flow.Template;
import org.midonet.agent.flow.TemplateCache;

/**
 * Templates in the kernel, struct template and its variants. Safe to share between threads.
 *
 * <p>The word of a slot is the generation of its flows while the template is good. Each lookup of a
 * flow compares it, so that one store takes all of them.
 */
final class Templates implements TemplateCache, AutoCloseable {
  static final int SIZE = 32 + Template.MOST_TURNS;

  private static final int SLOT_SHIFT = 8;

  private final BpfMap templates;
  private final BpfMap variants;
  private final BpfMap flows;
  private final Words words;
  private final Words credits;
  private final Map<Integer, Held> bySlot = new ConcurrentHashMap<>();
  private final Map<Integer, Template> adopted = new TreeMap<>();

  /** A template in a slot. */
  private static final class Held {
    final Template template;
    final int serial;

    /** How many connections it had begun when it was retired; until then the kernel counts. */
    volatile long begun = -1;

    Held(Template template, int serial) {
      this.template = template;
      this.serial = serial;
    }
  }

  Templates(Function<String, BpfMap> maps, Words words) {
    templates = maps.apply(MapSpec.TEMPLATES);
    variants = maps.apply(MapSpec.VARIANTS);
    flows = maps.apply(MapSpec.FLOWS);
    credits = new Words(maps.apply(MapSpec.CREDITS), Ports.MAX + 1);
    this.words = words;
    adopt();
  }

  /** Takes over what a process before this one left, which is to begin nothing any more. */
  private void adopt() {
    List<byte[]> keys = new ArrayList<>();
    templates.forEach((key, value) -> keys.add(key.toArray(JAVA_BYTE)));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment bytes = arena.allocate(KeyCodec.SIZE, 8);
      for (byte[] key : keys) {
        bytes.copyFrom(MemorySegment.ofArray(key));
        templates.delete(bytes);
      }
    }
    Map<Integer, TreeMap<Integer, VariantLayout.Found>> found = new HashMap<>();
    variants.forEach((key, value) -> {
      VariantLayout.Found one = VariantLayout.read(value);
      found.computeIfAbsent(one.slot(), _ -> new TreeMap<>()).put(one.turn(), one);
    });
    found.forEach((slot, turns) -> {
      VariantLayout.Found first = turns.firstEntry().getValue();
      List<Template.Variant> all = new ArrayList<>();
      turns.values().forEach(one -> all.add(one.variant()));
      Template template = new Template(first.there(), all, List.of(0), 0, 0, 0);
      Held held = new Held(template, first.serial());
      held.begun = 0;
      bySlot.put(slot, held);
      adopted.put(slot, template);
    });
    for (int i = 0; i <= Ports.MAX; i++) {
      credits.add(i, -credits.amount(i));
    }
  }

  @Override
  public Map<Integer, Template> adopted() {
    return new LinkedHashMap<>(adopted);
  }

  @Override
  public int slots() {
    return MapSpec.MAX_TEMPLATES;
  }

  @Override
  public synchronized boolean install(int slot, Template template) {
    free(slot);
    int serial = words.next(slot);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment value = arena.allocate(VariantLayout.SIZE, 8);
      for (int turn = 0; turn < template.variants().size(); turn++) {
        boolean fits = VariantLayout.write(template, turn, slot, serial, value);
        if (!fits || !variants.update(arena.allocateFrom(JAVA_INT, id(slot, turn)), value)) {
          forgetVariants(slot, turn);
          return false;
        }
      }
      MemorySegment head = arena.allocate(SIZE, 8);
      head.set(JAVA_INT, 8, slot);
      head.set(JAVA_INT, 12, serial);
      head.set(JAVA_INT, 16, template.order().size());
      head.set(JAVA_INT, 20, template.payer());
      head.set(JAVA_INT, 24, template.cost());
      head.set(JAVA_INT, 28, template.start());
      for (int turn = 0; turn < template.order().size(); turn++) {
        head.set(JAVA_BYTE, 32L + turn, (byte) (int) template.order().get(turn));
      }
      bySlot.put(slot, new Held(template, serial));
      if (templates.update(key(arena, template.key()), head)) {
        return true;
      }
    }
    bySlot.remove(slot);
    forgetVariants(slot, template.variants().size());
    return false;
  }

  private static int id(int slot, int turn) {
    return slot << SLOT_SHIFT | turn;
  }

  private static MemorySegment key(Arena arena, FlowKey key) {
    MemorySegment bytes = arena.allocate(KeyCodec.SIZE, 8);
    KeyCodec.write(key, bytes, 0);
    return bytes;
  }

  private void forgetVariants(int slot, int count) {
    for (int turn = 0; turn < count; turn++) {
      variants.delete(id(slot, turn));
    }
  }

  @Override
  public synchronized void retire(int slot) {
    Held held = bySlot.get(slot);
    if (held != null && held.begun < 0) {
      held.begun = begun(slot);
      try (Arena arena = Arena.ofConfined()) {
        templates.delete(key(arena, held.template.key()));
      }
    }
  }

  @Override
  public synchronized void kill(int slot) {
    Held held = bySlot.get(slot);
    if (held != null && words.get(slot) == held.serial) {
      words.next(slot);
    }
    retire(slot);
  }

  void killAll() {
    bySlot.keySet().forEach(this::kill);
  }

  @Override
  public synchronized void free(int slot) {
    kill(slot);
    Held held = bySlot.remove(slot);
    if (held != null) {
      forgetVariants(slot, held.template.variants().size());
    }
  }

  @Override
  public long begun(int slot) {
    Held held = bySlot.get(slot);
    if (held == null || held.begun >= 0) {
      return held == null ? 0 : held.begun;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment value = arena.allocate(SIZE, 8);
      return templates.lookup(key(arena, held.template.key()), value)
              && value.get(JAVA_INT, 8) == slot
          ? value.get(JAVA_LONG, 0)
          : 0;
    }
  }

  /**
   * Flows that no template owns any more are taken out: one may be made while its slot is freed.
   */
  @Override
  public void forEachBegun(Consumer<BegunFlow> visitor) {
    long now = System.nanoTime();
    List<FlowKey> orphans = new ArrayList<>();
    flows.forEach((key, flow) -> {
      int slot = FlowLayout.slot(flow);
      if (slot == 0) {
        return;
      }
      Held held = bySlot.get(slot);
      if (held != null && held.serial == FlowLayout.generation(flow)) {
        visitor.accept(FlowLayout.begun(flow, now));
      } else {
        orphans.add(KeyCodec.read(key, 0));
      }
    });
    orphans.forEach(this::takeOut);
  }

  @Override
  public @Nullable BegunFlow begun(FlowKey key) {
    return find(key, flows::lookup);
  }

  @Override
  public @Nullable BegunFlow takeOut(FlowKey key) {
    return find(key, flows::takeOut);
  }

  private interface Command {
    boolean run(MemorySegment key, MemorySegment value);
  }

  private @Nullable BegunFlow find(FlowKey key, Command command) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment flow = arena.allocate(FlowLayout.SIZE, 8);
      if (!command.run(key(arena, key), flow)) {
        return null;
      }
      int slot = FlowLayout.slot(flow);
      Held held = slot == 0 ? null : bySlot.get(slot);
      return held != null && held.serial == FlowLayout.generation(flow)
          ? FlowLayout.begun(flow, System.nanoTime())
          : null;
    }
  }

  @Override
  public long credit(int account) {
    return credits.amount(account == ALL ? Ports.MAX : account);
  }

  @Override
  public void addCredit(int account, long more) {
    credits.add(account == ALL ? Ports.MAX : account, more);
  }

  @Override
  public void close() {
    credits.close();
  }
}
