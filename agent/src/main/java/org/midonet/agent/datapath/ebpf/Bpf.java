package org.midonet.agent.datapath.ebpf;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.midonet.agent.linux.Libc;
import org.midonet.agent.linux.LinuxException;

/** Commands of bpf(2) that make objects. Stateless, safe to share. */
final class Bpf {
  private static final int MAP_CREATE = 0;
  private static final int PROG_LOAD = 5;
  private static final int OBJ_PIN = 6;
  private static final int OBJ_GET = 7;
  private static final int LINK_CREATE = 28;
  private static final int LINK_UPDATE = 29;
  private static final int PROG_TYPE_SCHED_CLS = 3;
  private static final int TCX_INGRESS = 46;
  private static final int ATTRIBUTES = 128;
  private static final int NAME = 16;
  private static final int LOG = 1 << 20;

  private Bpf() {}

  /** Makes a map; answers its descriptor. */
  static int createMap(MapSpec spec) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attributes = arena.allocate(ATTRIBUTES, 8);
      attributes.set(JAVA_INT, 0, spec.type());
      attributes.set(JAVA_INT, 4, spec.keySize());
      attributes.set(JAVA_INT, 8, spec.valueSize());
      attributes.set(JAVA_INT, 12, spec.entries());
      attributes.set(JAVA_INT, 16, spec.flags());
      setName(attributes, 28, spec.name());
      return Libc.bpf(MAP_CREATE, attributes, "create map " + spec.name());
    }
  }

  /**
   * Loads a program for traffic control; answers its descriptor.
   *
   * @throws LinuxException with the end of the verifier's log if the kernel refuses it
   */
  static int loadProgram(String name, byte[] instructions) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment code = arena.allocate(instructions.length, 8);
      code.copyFrom(MemorySegment.ofArray(instructions));
      MemorySegment attributes = arena.allocate(ATTRIBUTES, 8);
      attributes.set(JAVA_INT, 0, PROG_TYPE_SCHED_CLS);
      attributes.set(JAVA_INT, 4, instructions.length / 8);
      attributes.set(JAVA_LONG, 8, code.address());
      attributes.set(JAVA_LONG, 16, arena.allocateFrom("Apache-2.0").address());
      setName(attributes, 48, name);
      try {
        return Libc.bpf(PROG_LOAD, attributes, "load program " + name);
      } catch (LinuxException e) {
        throw new LinuxException(
            "load program " + name + " (" + verifierLog(arena, attributes) + ")", e.errno());
      }
    }
  }

  private static String verifierLog(Arena arena, MemorySegment attributes) {
    MemorySegment log = arena.allocate(LOG);
    attributes.set(JAVA_INT, 24, 1);
    attributes.set(JAVA_INT, 28, LOG);
    attributes.set(JAVA_LONG, 32, log.address());
    try {
      Libc.bpf(PROG_LOAD, attributes, "load program");
    } catch (LinuxException e) {
      String text = log.getString(0, StandardCharsets.ISO_8859_1);
      return text.substring(Math.max(0, text.length() - 1500)).strip();
    }
    return "no log";
  }

  /** Puts a program on a device's ingress, before all else there; answers the link's descriptor. */
  static int attachIngress(int program, int ifindex) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attributes = arena.allocate(64, 8);
      attributes.set(JAVA_INT, 0, program);
      attributes.set(JAVA_INT, 4, ifindex);
      attributes.set(JAVA_INT, 8, TCX_INGRESS);
      return Libc.bpf(LINK_CREATE, attributes, "attach to link " + ifindex);
    }
  }

  /** Swaps the program of a link; no packet goes past both. */
  static void updateLink(int link, int program) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attributes = arena.allocate(64, 8);
      attributes.set(JAVA_INT, 0, link);
      attributes.set(JAVA_INT, 4, program);
      Libc.bpf(LINK_UPDATE, attributes, "update link");
    }
  }

  static void pin(int fd, Path path) {
    object(OBJ_PIN, path, fd);
  }

  /** Opens what is pinned there. */
  static int get(Path path) {
    return object(OBJ_GET, path, 0);
  }

  private static int object(int command, Path path, int fd) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attributes = arena.allocate(32, 8);
      attributes.set(JAVA_LONG, 0, arena.allocateFrom(path.toString()).address());
      attributes.set(JAVA_INT, 8, fd);
      return Libc.bpf(command, attributes, (command == OBJ_PIN ? "pin " : "get ") + path);
    }
  }

  private static void setName(MemorySegment attributes, long at, String name) {
    byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
    int length = Math.min(bytes.length, NAME - 1);
    MemorySegment.copy(MemorySegment.ofArray(bytes), 0, attributes, at, length);
  }
}
