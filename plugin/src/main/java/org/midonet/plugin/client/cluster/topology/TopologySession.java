package org.midonet.plugin.client.cluster.topology;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * A conversation with a topology API over TCP: messages of protobuf, each behind its length. For
 * one thread.
 *
 * <p>It ends in time whatever the other side does, for all of it has one deadline.
 */
final class TopologySession implements AutoCloseable {
  private static final int HOST = 7;

  /** The snapshot of half a million hosts; whoever sends more is no topology API. */
  private static final int MAX_MESSAGE = 16 << 20;

  private final Socket socket;
  private final long end;

  private TopologySession(Socket socket, long end) {
    this.socket = socket;
    this.end = end;
  }

  /** Connects and shakes hands. */
  static TopologySession open(InetSocketAddress address, Duration timeout) throws IOException {
    if (address.isUnresolved()) {
      throw new UnknownHostException("there is no host " + address.getHostString());
    }
    long end = System.nanoTime() + timeout.toNanos();
    TopologySession session = new TopologySession(new Socket(), end);
    try {
      session.socket.connect(address, session.remaining());
      UUID request = UUID.randomUUID();
      session.send(1, new Message().uuid(1, request).uuid(2, UUID.randomUUID()));
      session.receive(request, Response.Type.ACK);
      return session;
    } catch (IOException e) {
      session.socket.close();
      throw e;
    }
  }

  /** The ids of all hosts. */
  List<UUID> hosts() throws IOException {
    UUID request = UUID.randomUUID();
    send(2, new Message().uuid(1, request).number(2, HOST));
    return receive(request, Response.Type.SNAPSHOT).ids();
  }

  /** Whether there is such a host. */
  boolean isHost(UUID id) throws IOException {
    UUID request = UUID.randomUUID();
    send(2, new Message().uuid(1, request).number(2, HOST).uuid(3, id));
    while (true) {
      Response response = next();
      switch (response.type()) {
        case UPDATE -> {
          return true;
        }
        case NACK, ERROR, DELETION -> {
          return false;
        }
        case ACK, REDIRECT, SNAPSHOT -> {} // the answer follows
      }
    }
  }

  private Response receive(UUID request, Response.Type wanted) throws IOException {
    while (true) {
      Response response = next();
      if (response.type() == wanted) {
        return response;
      }
      if (response.type() == Response.Type.NACK || response.type() == Response.Type.ERROR) {
        throw new IOException("it refused request " + request + " " + response.text());
      }
    }
  }

  private void send(int kind, Message content) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(new Message().message(kind, content).framed());
    out.flush();
  }

  private Response next() throws IOException {
    int length = 0;
    for (int shift = 0; ; shift += 7) {
      int octet = read(1)[0];
      length |= (octet & 0x7f) << shift;
      if (octet >= 0) {
        break;
      }
      if (shift >= 21) {
        throw new IOException("it does not speak the protocol of a topology API");
      }
    }
    if (length > MAX_MESSAGE) {
      throw new IOException("it announced a message of " + length + " octets");
    }
    return Response.of(read(length));
  }

  private byte[] read(int length) throws IOException {
    byte[] all = new byte[length];
    InputStream in = socket.getInputStream();
    for (int at = 0; at < length; ) {
      socket.setSoTimeout(remaining());
      int got = in.read(all, at, length - at);
      if (got < 0) {
        throw new IOException("it closed the connection");
      }
      at += got;
    }
    return all;
  }

  private int remaining() throws IOException {
    long millis = (end - System.nanoTime()) / 1_000_000;
    if (millis <= 0) {
      throw new SocketTimeoutException("it takes too long");
    }
    return (int) millis;
  }

  /** Says good-bye, so that nothing is remembered of this session there. */
  @Override
  public void close() throws IOException {
    try (socket) {
      send(4, new Message().uuid(1, UUID.randomUUID()));
    } catch (IOException e) {
      // What was asked is answered; that the other side went first does not matter.
    }
  }
}
