package org.midonet.agent.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A NETLINK_ROUTE socket of the namespace in which it was opened. Confined to one thread. */
final class Netlink implements AutoCloseable {
  static final int NLM_F_REQUEST = 1;
  static final int NLM_F_ACK = 4;
  static final int NLM_F_DUMP = 0x300;
  static final int NLM_F_EXCL = 0x200;
  static final int NLM_F_CREATE = 0x400;
  private static final int NLMSG_ERROR = 2;
  private static final int NLMSG_DONE = 3;
  private static final int AF_NETLINK = 16;
  private static final int SOCK_RAW = 3;
  private static final int SOCK_CLOEXEC = 0x80000;
  private static final int MSG_DONTWAIT = 0x40;
  private static final int BUFFER = 1 << 16;

  private final Arena arena = Arena.ofShared();
  private final MemorySegment buffer = arena.allocate(BUFFER, 8);
  private final int fd;
  private int sequence;

  /**
   * Opens a socket.
   *
   * @param groups the multicast groups to hear, as a bit mask
   */
  Netlink(int groups) {
    fd = Libc.socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, 0);
    MemorySegment address = arena.allocate(12, 4);
    address.set(JAVA_SHORT, 0, (short) AF_NETLINK);
    address.set(JAVA_INT, 8, groups);
    Libc.bind(fd, address);
  }

  int fd() {
    return fd;
  }

  /**
   * Sends a request and reads until it is answered.
   *
   * @param visitor gets the type and the content of each message that answers
   * @throws LinuxException if it is refused
   */
  void request(
      String what, NetlinkMessage message, @Nullable BiConsumer<Integer, ByteBuffer> visitor) {
    int number = ++sequence;
    byte[] bytes = message.toBytes(number);
    MemorySegment.copy(bytes, 0, buffer, JAVA_BYTE, 0, bytes.length);
    Libc.send(fd, buffer.asSlice(0, bytes.length));
    while (!readAnswers(what, number, visitor)) {
      // More parts follow.
    }
  }

  private boolean readAnswers(
      String what, int number, @Nullable BiConsumer<Integer, ByteBuffer> visitor) {
    boolean[] done = {false};
    read(
        0,
        (header, content) -> {
          if (header.sequence() != number) {
            return;
          }
          if (header.type() == NLMSG_DONE) {
            done[0] = true;
          } else if (header.type() == NLMSG_ERROR) {
            done[0] = true;
            int error = -content.getInt(content.position());
            if (error != 0) {
              throw new LinuxException(what, error);
            }
          } else if (visitor != null) {
            visitor.accept(header.type(), content);
          }
        });
    return done[0];
  }

  /** Reads messages that are there, without waiting. */
  void readEvents(BiConsumer<Integer, ByteBuffer> visitor) {
    while (true) {
      try {
        read(MSG_DONTWAIT, (header, content) -> visitor.accept(header.type(), content));
      } catch (LinuxException e) {
        if (e.errno() == LinuxException.EAGAIN) {
          return;
        }
        throw e;
      }
    }
  }

  private record Header(int type, int sequence) {}

  private void read(int flags, BiConsumer<Header, ByteBuffer> visitor) {
    int length = Libc.recv(fd, buffer, flags);
    ByteBuffer bytes = buffer.asSlice(0, length).asByteBuffer().order(ByteOrder.nativeOrder());
    int at = 0;
    while (at + 16 <= length) {
      int size = bytes.getInt(at);
      if (size < 16 || at + size > length) {
        return;
      }
      ByteBuffer content = bytes.duplicate().order(ByteOrder.nativeOrder());
      content.position(at + 16).limit(at + size);
      visitor.accept(new Header(bytes.getShort(at + 4) & 0xffff, bytes.getInt(at + 8)), content);
      at += (size + 3) & ~3;
    }
  }

  @Override
  public void close() {
    Libc.close(fd);
    arena.close();
  }
}
