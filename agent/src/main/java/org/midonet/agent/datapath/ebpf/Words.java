package org.midonet.agent.datapath.ebpf;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import org.midonet.agent.linux.Libc;

/**
 * The numbers of an array in the kernel, eight octets each, as memory. Safe to share between
 * threads, until it is closed.
 */
final class Words implements AutoCloseable {
  private static final VarHandle INT = JAVA_INT.varHandle();
  private static final VarHandle LONG = JAVA_LONG.varHandle();
  private static final int STRIDE = 8;
  private static final int PAGE = 4096;

  private final MemorySegment memory;

  Words(BpfMap map, int entries) {
    long size = ((long) entries * STRIDE + PAGE - 1) / PAGE * PAGE;
    memory = Libc.mmap(map.fd(), size, Libc.PROT_READ | Libc.PROT_WRITE, 0);
  }

  int get(int index) {
    return (int) INT.getAcquire(memory, (long) index * STRIDE);
  }

  /** Counts on; what had the number before has another one now. */
  int next(int index) {
    return (int) INT.getAndAdd(memory, (long) index * STRIDE, 1) + 1;
  }

  long amount(int index) {
    return (long) LONG.getAcquire(memory, (long) index * STRIDE);
  }

  void add(int index, long more) {
    LONG.getAndAdd(memory, (long) index * STRIDE, more);
  }

  @Override
  public void close() {
    Libc.munmap(memory);
  }
}
