package org.midonet.benchmarks.ports;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/**
 * Frames of all devices of the namespace in which it was opened, by one socket of packet(7). One
 * thread receives, one or more send.
 */
@SuppressWarnings("restricted") // system calls
final class AllDevices implements AutoCloseable {
  private static final Linker LINKER = Linker.nativeLinker();
  private static final MethodHandle SOCKET =
      function("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
  private static final MethodHandle SETSOCKOPT =
      function(
          "setsockopt",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT));
  private static final MethodHandle RECVFROM =
      function(
          "recvfrom",
          FunctionDescriptor.of(
              JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG));
  private static final MethodHandle SENDTO =
      function(
          "sendto",
          FunctionDescriptor.of(
              JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_INT));
  private static final MethodHandle CLOSE =
      function("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

  private static final int AF_PACKET = 17;
  private static final int SOCK_RAW = 3;
  private static final int ETH_P_ALL_NET = 0x0300;
  private static final int SOL_SOCKET = 1;
  private static final int SO_RCVTIMEO = 20;
  private static final int SO_RCVBUFFORCE = 33;
  private static final int SOL_PACKET = 263;
  private static final int PACKET_IGNORE_OUTGOING = 23;
  private static final int ROOM = 1 << 26;
  private static final int ADDRESS = 20;
  private static final int IFINDEX = 4;
  private static final int MOST = 2048;
  private static final long WAIT_MICROS = 100_000;

  private final Arena arena = Arena.ofShared();
  private final MemorySegment frame = arena.allocate(MOST);
  private final MemorySegment address = arena.allocate(ADDRESS, 4);
  private final MemorySegment addressSize = arena.allocateFrom(JAVA_INT, ADDRESS);
  private final MemorySegment toSend = arena.allocate(MOST);
  private final MemorySegment target = arena.allocate(ADDRESS, 4);
  private final int fd;

  /** A frame and the device by which it came. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Received(int ifindex, byte[] frame) {}

  AllDevices() {
    fd = checked("socket", call(SOCKET, AF_PACKET, SOCK_RAW, ETH_P_ALL_NET));
    MemorySegment time = arena.allocate(16, 8);
    time.set(JAVA_LONG, 8, WAIT_MICROS);
    option(SOL_SOCKET, SO_RCVTIMEO, time);
    option(SOL_SOCKET, SO_RCVBUFFORCE, arena.allocateFrom(JAVA_INT, ROOM));
    option(SOL_PACKET, PACKET_IGNORE_OUTGOING, arena.allocateFrom(JAVA_INT, 1));
    target.set(JAVA_SHORT, 0, (short) AF_PACKET);
    target.set(JAVA_BYTE, 11, (byte) 6);
  }

  private void option(int level, int name, MemorySegment value) {
    checked(
        "option " + name,
        call(SETSOCKOPT, fd, level, name, value.address(), (int) value.byteSize()));
  }

  /** The next frame that a device brought in; null if none came in a tenth of a second. */
  @Nullable Received receive() {
    addressSize.set(JAVA_INT, 0, ADDRESS);
    long length =
        call(
            RECVFROM,
            fd,
            frame.address(),
            (long) MOST,
            0,
            address.address(),
            addressSize.address());
    return length <= 0
        ? null
        : new Received(address.get(JAVA_INT, IFINDEX), frame.asSlice(0, length).toArray(JAVA_BYTE));
  }

  /** Sends a frame by a device; one whose queue is full drops it. */
  synchronized void send(int ifindex, byte[] octets) {
    MemorySegment.copy(octets, 0, toSend, JAVA_BYTE, 0, octets.length);
    target.set(JAVA_INT, IFINDEX, ifindex);
    call(SENDTO, fd, toSend.address(), (long) octets.length, 0, target.address(), ADDRESS);
  }

  @Override
  public void close() {
    call(CLOSE, fd);
    arena.close();
  }

  private static int checked(String what, long result) {
    if (result < 0) {
      throw new IllegalStateException(what + " failed");
    }
    return (int) result;
  }

  private static MethodHandle function(String name, FunctionDescriptor type) {
    return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), type);
  }

  private static long call(MethodHandle handle, Object... arguments) {
    try {
      return ((Number) handle.invokeWithArguments(arguments)).longValue();
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }
}
