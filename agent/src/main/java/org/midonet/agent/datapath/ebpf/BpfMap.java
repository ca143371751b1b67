package org.midonet.agent.datapath.ebpf;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.BiConsumer;
import org.midonet.agent.linux.Libc;
import org.midonet.agent.linux.LinuxException;

/** A map in the kernel. Safe to share between threads: the kernel orders what they do. */
final class BpfMap implements AutoCloseable {
  private static final int LOOKUP = 1;
  private static final int UPDATE = 2;
  private static final int DELETE = 3;
  private static final int LOOKUP_AND_DELETE = 21;
  private static final int LOOKUP_BATCH = 24;
  private static final int DELETE_BATCH = 27;
  private static final int BATCH = 4096;

  private final MapSpec spec;
  private final int fd;

  BpfMap(MapSpec spec, int fd) {
    this.spec = spec;
    this.fd = fd;
  }

  int fd() {
    return fd;
  }

  /** Whether there was a value of the key, which is then in {@code value}. */
  boolean lookup(MemorySegment key, MemorySegment value) {
    return find(LOOKUP, key, value);
  }

  /** The same, and takes it out. */
  boolean takeOut(MemorySegment key, MemorySegment value) {
    return find(LOOKUP_AND_DELETE, key, value);
  }

  private boolean find(int command, MemorySegment key, MemorySegment value) {
    try (Arena arena = Arena.ofConfined()) {
      element(arena, command, key, value);
      return true;
    } catch (LinuxException e) {
      if (e.errno() == LinuxException.ENOENT) {
        return false;
      }
      throw e;
    }
  }

  /**
   * Puts a value, replacing what was there.
   *
   * @return false if the map is full
   */
  boolean update(MemorySegment key, MemorySegment value) {
    try (Arena arena = Arena.ofConfined()) {
      return put(arena, key, value).run();
    }
  }

  /**
   * Prepares {@link #update} by a key and a value that stay where they are, for many of them.
   *
   * @param arena for what the kernel is handed
   */
  Put put(Arena arena, MemorySegment key, MemorySegment value) {
    return new Put(spec.name(), attributes(arena, key, value));
  }

  /** Puts what is at a place now. Confined to one thread at a time. */
  record Put(String map, MemorySegment attributes) {
    /** Whether there was room. */
    boolean run() {
      try {
        Libc.bpf(UPDATE, attributes, map);
        return true;
      } catch (LinuxException e) {
        if (e.errno() == LinuxException.E2BIG) {
          return false;
        }
        throw e;
      }
    }
  }

  /** Puts a value under a number. */
  void update(int key, MemorySegment value) {
    try (Arena arena = Arena.ofConfined()) {
      if (!update(arena.allocateFrom(JAVA_INT, key), value)) {
        throw new LinuxException("update map " + spec.name(), LinuxException.E2BIG);
      }
    }
  }

  /** Removes a key, if it is there. */
  void delete(int key) {
    try (Arena arena = Arena.ofConfined()) {
      delete(arena.allocateFrom(JAVA_INT, key));
    }
  }

  /** Removes a key, if it is there. */
  void delete(MemorySegment key) {
    try (Arena arena = Arena.ofConfined()) {
      element(arena, DELETE, key, MemorySegment.NULL);
    } catch (LinuxException e) {
      if (e.errno() != LinuxException.ENOENT) {
        throw e;
      }
    }
  }

  private void element(Arena arena, int command, MemorySegment key, MemorySegment value) {
    Libc.bpf(command, attributes(arena, key, value), spec.name());
  }

  private MemorySegment attributes(Arena arena, MemorySegment key, MemorySegment value) {
    MemorySegment attributes = arena.allocate(32, 8);
    attributes.set(JAVA_INT, 0, fd);
    attributes.set(JAVA_LONG, 8, key.address());
    attributes.set(JAVA_LONG, 16, value.address());
    return attributes;
  }

  /** Removes keys that stand one after the other; those that are not there do no harm. */
  void deleteAll(MemorySegment keys, int count) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attributes = arena.allocate(56, 8);
      int done = 0;
      while (done < count) {
        attributes.set(JAVA_LONG, 16, keys.address() + (long) done * spec.keySize());
        attributes.set(JAVA_INT, 32, count - done);
        attributes.set(JAVA_INT, 36, fd);
        try {
          Libc.bpf(DELETE_BATCH, attributes, spec.name());
          return;
        } catch (LinuxException e) {
          if (e.errno() != LinuxException.ENOENT) {
            throw e;
          }
          // It stopped at a key that is not there.
          done += attributes.get(JAVA_INT, 32) + 1;
        }
      }
    }
  }

  /** Visits all elements; what is given to the visitor is good during the call only. */
  void forEach(BiConsumer<MemorySegment, MemorySegment> visitor) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment keys = arena.allocate((long) BATCH * spec.keySize(), 8);
      MemorySegment values = arena.allocate((long) BATCH * spec.valueSize(), 8);
      MemorySegment position = arena.allocate(16, 8);
      MemorySegment attributes = arena.allocate(56, 8);
      boolean more = true;
      boolean first = true;
      while (more) {
        attributes.set(JAVA_LONG, 0, first ? 0 : position.address());
        attributes.set(JAVA_LONG, 8, position.address());
        attributes.set(JAVA_LONG, 16, keys.address());
        attributes.set(JAVA_LONG, 24, values.address());
        attributes.set(JAVA_INT, 32, BATCH);
        attributes.set(JAVA_INT, 36, fd);
        more = lookupBatch(attributes);
        first = false;
        int count = attributes.get(JAVA_INT, 32);
        for (int i = 0; i < count; i++) {
          visitor.accept(
              keys.asSlice((long) i * spec.keySize(), spec.keySize()),
              values.asSlice((long) i * spec.valueSize(), spec.valueSize()));
        }
      }
    }
  }

  /** Whether there is more. */
  private boolean lookupBatch(MemorySegment attributes) {
    try {
      Libc.bpf(LOOKUP_BATCH, attributes, spec.name());
      return true;
    } catch (LinuxException e) {
      if (e.errno() == LinuxException.ENOENT) {
        return false;
      }
      throw e;
    }
  }

  @Override
  public void close() {
    Libc.close(fd);
  }
}
