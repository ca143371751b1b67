package org.midonet.benchmarks.datapath;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.midonet.packets.Ipv4Address;

/**
 * Blocking IPv4 sockets as bare system calls, so that the load costs little beside what is
 * measured. Stateless; descriptors belong to who made them, in the namespace of the thread that
 * did.
 */
@SuppressWarnings("restricted") // system calls
final class Sockets {
  private static final Linker LINKER = Linker.nativeLinker();
  private static final ValueLayout.OfShort NET_SHORT = JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfInt NET_INT = JAVA_INT.withOrder(ByteOrder.BIG_ENDIAN);
  private static final MethodHandle SOCKET = function("socket", JAVA_INT, 3);
  private static final MethodHandle BIND = function("bind", JAVA_INT, 3);
  private static final MethodHandle LISTEN = function("listen", JAVA_INT, 2);
  private static final MethodHandle CONNECT = function("connect", JAVA_INT, 3);
  private static final MethodHandle ACCEPT = function("accept", JAVA_INT, 3);
  private static final MethodHandle SEND = function("send", JAVA_LONG, 4);
  private static final MethodHandle RECV = function("recv", JAVA_LONG, 4);
  private static final MethodHandle SETSOCKOPT = function("setsockopt", JAVA_INT, 5);
  private static final MethodHandle CLOSE = function("close", JAVA_INT, 1);
  private static final int MOST_ARGUMENTS = 5;

  static final int STREAM = 1;
  static final int DATAGRAM = 2;
  private static final int AF_INET = 2;
  private static final int SOL_SOCKET = 1;
  private static final int SO_REUSEADDR = 2;
  private static final int SO_RCVBUF = 8;
  private static final int SO_RCVTIMEO = 20;
  private static final int BACKLOG = 4096;
  private static final int ADDRESS_SIZE = 16;

  private Sockets() {}

  /** A socket whose calls wait for so long at most, for an address and port of its own. */
  static int open(int type, int port, long waitMillis) {
    return open(type, new Ipv4Address(0), port, waitMillis);
  }

  /** The same at an address of the machine, or any where that is zero. */
  static int open(int type, Ipv4Address from, int port, long waitMillis) {
    int fd = (int) checked("socket", call(SOCKET, AF_INET, type, 0));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment time = arena.allocate(16, 8);
      time.set(JAVA_LONG, 0, waitMillis / 1000);
      time.set(JAVA_LONG, 8, waitMillis % 1000 * 1000);
      checked("SO_RCVTIMEO", call(SETSOCKOPT, fd, SOL_SOCKET, SO_RCVTIMEO, time.address(), 16));
      MemorySegment value = arena.allocateFrom(JAVA_INT, 1);
      checked("SO_REUSEADDR", call(SETSOCKOPT, fd, SOL_SOCKET, SO_REUSEADDR, value.address(), 4));
      value.set(JAVA_INT, 0, 1 << 20);
      if (type == DATAGRAM) {
        checked("SO_RCVBUF", call(SETSOCKOPT, fd, SOL_SOCKET, SO_RCVBUF, value.address(), 4));
      }
      if (port != 0) {
        MemorySegment address = address(arena, from, port);
        checked("bind to port " + port, call(BIND, fd, address.address(), ADDRESS_SIZE));
      }
    }
    return fd;
  }

  static int listen(int port, long waitMillis) {
    int fd = open(STREAM, port, waitMillis);
    checked("listen", call(LISTEN, fd, BACKLOG));
    return fd;
  }

  /** An address and port as connect takes them. */
  static MemorySegment address(Arena arena, Ipv4Address address, int port) {
    MemorySegment bytes = arena.allocate(ADDRESS_SIZE, 8);
    bytes.set(JAVA_SHORT, 0, (short) AF_INET);
    bytes.set(NET_SHORT, 2, (short) port);
    bytes.set(NET_INT, 4, address.bits());
    return bytes;
  }

  /** Whether it is connected. */
  static boolean connect(int fd, MemorySegment address) {
    return call(CONNECT, fd, address.address(), ADDRESS_SIZE) == 0;
  }

  /** A descriptor, or negative if nobody came. */
  static int accept(int fd) {
    return (int) call(ACCEPT, fd, 0, 0);
  }

  /** How many octets went, or negative. */
  static long send(int fd, MemorySegment data) {
    return call(SEND, fd, data.address(), data.byteSize(), 0);
  }

  /** How many octets came, 0 at the end, or negative if none did in time. */
  static long receive(int fd, MemorySegment into) {
    return call(RECV, fd, into.address(), into.byteSize(), 0);
  }

  static void close(int fd) {
    call(CLOSE, fd);
  }

  /** One octet of memory. */
  static MemorySegment octet(Arena arena) {
    return arena.allocate(JAVA_BYTE);
  }

  private static long checked(String what, long result) {
    if (result < 0) {
      throw new IllegalStateException(what + " failed");
    }
    return result;
  }

  /** The function with as many arguments as any of them, which it gets in whole registers. */
  private static MethodHandle function(String name, MemoryLayout result, int arguments) {
    MemoryLayout[] layouts = new MemoryLayout[arguments];
    Arrays.fill(layouts, JAVA_LONG);
    MethodHandle handle =
        LINKER.downcallHandle(
            LINKER.defaultLookup().findOrThrow(name), FunctionDescriptor.of(result, layouts));
    Class<?>[] dropped = new Class<?>[MOST_ARGUMENTS - arguments];
    Arrays.fill(dropped, long.class);
    return MethodHandles.dropArguments(handle, arguments, dropped)
        .asType(
            MethodType.genericMethodType(0)
                .changeReturnType(long.class)
                .appendParameterTypes(long.class, long.class, long.class, long.class, long.class));
  }

  private static long call(MethodHandle handle, long... given) {
    long[] a = given.length == MOST_ARGUMENTS ? given : Arrays.copyOf(given, MOST_ARGUMENTS);
    try {
      return (long) handle.invokeExact(a[0], a[1], a[2], a[3], a[4]);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }
}
