package org.midonet.agent.datapath.ebpf;

import java.util.List;
import org.midonet.agent.datapath.DatapathConfig;

/**
 * A map that the program uses, by the name that it has there. Immutable, safe to share.
 *
 * @param type as enum bpf_map_type
 * @param flags as BPF_F_*
 */
record MapSpec(String name, int type, int keySize, int valueSize, int entries, int flags) {
  static final String FLOWS = "flows";
  static final String GROUPS = "groups";
  static final String DEVICES = "devices";
  static final String PORTS = "ports";
  static final String CONTROL = "control";
  static final String COUNTERS = "counters";
  static final String UPCALLS = "upcalls";
  static final String PROGRAMS = "programs";

  static final String WORDS = "words";
  static final String TEMPLATES = "templates";
  static final String VARIANTS = "variants";
  static final String CREDITS = "credits";
  static final String SCRATCH = "scratch";

  private static final int HASH = 1;
  private static final int ARRAY = 2;
  private static final int PROG_ARRAY = 3;
  private static final int PERCPU_ARRAY = 6;
  private static final int RINGBUF = 27;
  private static final int NO_PREALLOC = 1;
  private static final int MMAPABLE = 1 << 10;

  /** How many groups of actions there may be at once. */
  static final int MAX_GROUPS = 1 << 16;

  /** How many templates there may be at once. */
  static final int MAX_TEMPLATES = 1 << 13;

  private static final int MAX_VARIANTS = 1 << 15;

  static List<MapSpec> all(DatapathConfig config) {
    return List.of(
        new MapSpec(FLOWS, HASH, KeyCodec.SIZE, FlowLayout.SIZE, config.flows(), NO_PREALLOC),
        new MapSpec(GROUPS, HASH, 4, OpCodec.GROUP_SIZE, MAX_GROUPS, NO_PREALLOC),
        new MapSpec(DEVICES, HASH, 4, 8, Ports.MAX, NO_PREALLOC),
        new MapSpec(PORTS, ARRAY, 4, Ports.SIZE, Ports.MAX, 0),
        new MapSpec(CONTROL, ARRAY, 4, 4, 1, 0),
        new MapSpec(COUNTERS, PERCPU_ARRAY, 4, 8, Counters.COUNT, 0),
        new MapSpec(UPCALLS, RINGBUF, 0, 0, config.ringBytes(), 0),
        new MapSpec(PROGRAMS, PROG_ARRAY, 4, 4, 1, 0),
        new MapSpec(WORDS, ARRAY, 4, 8, MAX_TEMPLATES + 1, MMAPABLE),
        new MapSpec(TEMPLATES, HASH, KeyCodec.SIZE, Templates.SIZE, MAX_TEMPLATES, NO_PREALLOC),
        new MapSpec(VARIANTS, HASH, 4, VariantLayout.SIZE, MAX_VARIANTS, NO_PREALLOC),
        new MapSpec(CREDITS, ARRAY, 4, 8, Ports.MAX + 1, MMAPABLE),
        new MapSpec(SCRATCH, PERCPU_ARRAY, 4, FlowLayout.SIZE, 1, 0));
  }
}
