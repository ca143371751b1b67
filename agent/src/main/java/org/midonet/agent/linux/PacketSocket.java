package org.midonet.agent.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Sends and receives whole frames on one device, as packet(7). Safe to share between threads. */
public final class PacketSocket implements AutoCloseable {
  private static final int AF_PACKET = 17;
  private static final int SOCK_RAW = 3;
  private static final int SOCK_CLOEXEC = 0x80000;
  private static final int SOL_PACKET = 263;
  private static final int PACKET_AUXDATA = 8;
  private static final int PACKET_VNET_HDR = 15;
  private static final int PACKET_QDISC_BYPASS = 20;
  private static final int PACKET_IGNORE_OUTGOING = 23;
  private static final int SOL_SOCKET = 1;
  private static final int SO_MARK = 36;
  private static final int VNET_HEADER = 10;
  private static final int NEEDS_CHECKSUM = 1;
  private static final int AUXDATA_SIZE = 36;
  private static final int VLAN_VALID = 1 << 4;
  private static final int MAX_FRAME = 1 << 17;
  private static final int ETH_P_ALL = 0x0300;

  private final Arena arena = Arena.ofShared();
  private final MemorySegment message = arena.allocate(56, 8);
  private final MemorySegment control = arena.allocate(24, 8);
  private final MemorySegment buffer = arena.allocate(VNET_HEADER + MAX_FRAME, 8);
  private final MemorySegment vector = arena.allocate(16, 8);
  private final MemorySegment received = arena.allocate(VNET_HEADER + MAX_FRAME, 8);
  private final MemorySegment receivedMessage = arena.allocate(56, 8);
  private final MemorySegment receivedControl = arena.allocate(64, 8);
  private final MemorySegment receivedVector = arena.allocate(16, 8);
  private final int fd;
  private final int epoll;

  /**
   * Opens a socket.
   *
   * @param receive whether frames that the device brings in are wanted; else only sends
   */
  public PacketSocket(int ifindex, boolean receive) {
    fd = Libc.socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0);
    Libc.setsockopt(fd, SOL_PACKET, PACKET_VNET_HDR, 1);
    Libc.setsockopt(fd, SOL_PACKET, PACKET_QDISC_BYPASS, 1);
    MemorySegment address = arena.allocate(20, 4);
    address.set(JAVA_SHORT, 0, (short) AF_PACKET);
    address.set(JAVA_SHORT, 2, (short) (receive ? ETH_P_ALL : 0));
    address.set(JAVA_INT, 4, ifindex);
    Libc.bind(fd, address);
    Libc.setsockopt(fd, SOL_PACKET, PACKET_AUXDATA, 1);
    Libc.setsockopt(fd, SOL_PACKET, PACKET_IGNORE_OUTGOING, 1);
    epoll = Libc.epollFor(fd);
    receivedVector.set(JAVA_LONG, 0, received.address());
    receivedVector.set(JAVA_LONG, 8, received.byteSize());
    receivedMessage.set(JAVA_LONG, 16, receivedVector.address());
    receivedMessage.set(JAVA_LONG, 24, 1);
    receivedMessage.set(JAVA_LONG, 32, receivedControl.address());
    vector.set(JAVA_LONG, 0, buffer.address());
    message.set(JAVA_LONG, 16, vector.address());
    message.set(JAVA_LONG, 24, 1);
    message.set(JAVA_LONG, 32, control.address());
    message.set(JAVA_LONG, 40, control.byteSize());
    control.set(JAVA_LONG, 0, 20);
    control.set(JAVA_INT, 8, SOL_SOCKET);
    control.set(JAVA_INT, 12, SO_MARK);
  }

  /** Sends a frame as it is. */
  public void send(byte[] frame) {
    send(frame, VnetHeader.NONE, 0);
  }

  /**
   * Sends a frame.
   *
   * @param mark what SO_MARK sets, for programs of the same namespace
   */
  public synchronized void send(byte[] frame, VnetHeader header, int mark) {
    if (frame.length > MAX_FRAME) {
      throw new IllegalArgumentException("a frame of " + frame.length + " octets");
    }
    buffer.asSlice(0, VNET_HEADER).fill((byte) 0);
    if (header.checksumStart() >= 0) {
      buffer.set(JAVA_BYTE, 0, (byte) NEEDS_CHECKSUM);
      buffer.set(JAVA_SHORT, 6, (short) header.checksumStart());
      buffer.set(JAVA_SHORT, 8, (short) header.checksumOffset());
    }
    if (header.segmentSize() > 0) {
      buffer.set(JAVA_BYTE, 1, (byte) header.segmentType());
      buffer.set(JAVA_SHORT, 2, (short) header.headerLength());
      buffer.set(JAVA_SHORT, 4, (short) header.segmentSize());
    }
    MemorySegment.copy(frame, 0, buffer, JAVA_BYTE, VNET_HEADER, frame.length);
    vector.set(JAVA_LONG, 8, (long) VNET_HEADER + frame.length);
    control.set(JAVA_INT, 16, mark);
    Libc.sendmsg(fd, message);
  }

  /** Waits for a frame, with its VLAN tags; null if none came. */
  public byte @Nullable [] receive(long timeoutMillis) {
    if (!Libc.epollWait(epoll, timeoutMillis)) {
      return null;
    }
    synchronized (received) {
      receivedMessage.set(JAVA_LONG, 40, receivedControl.byteSize());
      int length = Libc.recvmsg(fd, receivedMessage);
      byte[] frame = received.asSlice(VNET_HEADER, length - VNET_HEADER).toArray(JAVA_BYTE);
      return receivedMessage.get(JAVA_LONG, 40) < AUXDATA_SIZE ? frame : tagged(frame);
    }
  }

  /** The kernel takes the outer tag off and tells it beside, in struct tpacket_auxdata. */
  private byte[] tagged(byte[] frame) {
    if ((receivedControl.get(JAVA_INT, 16) & VLAN_VALID) == 0) {
      return frame;
    }
    ByteBuffer tagged = ByteBuffer.allocate(frame.length + 4);
    tagged.put(frame, 0, 12);
    tagged.putShort(receivedControl.get(JAVA_SHORT, 34));
    tagged.putShort(receivedControl.get(JAVA_SHORT, 32));
    tagged.put(frame, 12, frame.length - 12);
    return tagged.array();
  }

  @Override
  public void close() {
    Libc.close(epoll);
    Libc.close(fd);
    arena.close();
  }
}
