package org.midonet.agent.datapath.ebpf;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.util.function.Consumer;
import org.midonet.agent.linux.Libc;

/** Reads a BPF ring buffer. Confined to one thread at a time. */
final class RingBuffer implements AutoCloseable {
  private static final VarHandle POSITION = JAVA_LONG.varHandle();
  private static final VarHandle LENGTH = JAVA_INT.varHandle();
  private static final int BUSY = 1 << 31;
  private static final int DISCARDED = 1 << 30;
  private static final int HEADER = 8;
  private static final int PAGE = 4096;

  /** How many records are read before their room is given back. */
  private static final int BATCH = 64;

  private final int epoll;
  private final long mask;
  private final MemorySegment consumer;
  private final MemorySegment producer;

  /**
   * Maps the ring of a map.
   *
   * @param size its {@code max_entries}
   */
  RingBuffer(int fd, int size) {
    mask = size - 1L;
    consumer = Libc.mmap(fd, PAGE, Libc.PROT_READ | Libc.PROT_WRITE, 0);
    producer = Libc.mmap(fd, PAGE + 2L * size, Libc.PROT_READ, PAGE);
    epoll = Libc.epollFor(fd);
  }

  /**
   * Gives records to a visitor, good during the call only.
   *
   * @return how many there were
   */
  int read(Consumer<MemorySegment> visitor, long timeoutMillis) {
    int count = drain(visitor);
    if (count == 0 && timeoutMillis > 0 && Libc.epollWait(epoll, timeoutMillis)) {
      count = drain(visitor);
    }
    return count;
  }

  private int drain(Consumer<MemorySegment> visitor) {
    int count = 0;
    long position = (long) POSITION.getAcquire(consumer, 0L);
    long freed = position;
    // What comes meanwhile is for the next time, so that a flood leaves the reader time for the
    // rest.
    long end = (long) POSITION.getAcquire(producer, 0L);
    try {
      while (position < end) {
        long at = PAGE + (position & mask);
        int length = (int) LENGTH.getAcquire(producer, at);
        if ((length & BUSY) != 0) {
          break;
        }
        int size = length & ~DISCARDED;
        position += (size + HEADER + 7L) & ~7L;
        if ((length & DISCARDED) == 0) {
          visitor.accept(producer.asSlice(at + HEADER, size));
          if (++count % BATCH == 0) {
            POSITION.setRelease(consumer, 0L, position);
            freed = position;
          }
        }
      }
    } finally {
      if (freed != position) {
        POSITION.setRelease(consumer, 0L, position);
      }
    }
    return count;
  }

  @Override
  public void close() {
    Libc.close(epoll);
    Libc.munmap(consumer);
    Libc.munmap(producer);
  }
}
