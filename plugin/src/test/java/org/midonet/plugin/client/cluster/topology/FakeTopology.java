package org.midonet.plugin.client.cluster.topology;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A topology API of a MidoNet with some hosts, as MidoNet's protocol definition has it. Safe to
 * share between threads.
 */
public final class FakeTopology implements AutoCloseable {
  private final ServerSocket server;
  private final List<UUID> hosts;
  private final Queue<String> asked = new ConcurrentLinkedQueue<>();

  public FakeTopology(UUID... hosts) {
    this.hosts = List.of(hosts);
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  public int port() {
    return server.getLocalPort();
  }

  /** The kinds of requests so far. */
  Queue<String> asked() {
    return asked;
  }

  private void accept() {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        converse(new DataInputStream(socket.getInputStream()), socket.getOutputStream());
      } catch (IOException e) {
        asked.add("closed");
      }
    }
  }

  private void converse(DataInputStream in, OutputStream out) throws IOException {
    while (true) {
      byte[] request = in.readNBytes(in.readUnsignedByte()); // all of them are short
      Fields kind = new Fields(request);
      kind.next();
      switch (kind.number()) {
        case 1 -> answer(out, "handshake", new Message().number(1, 1));
        case 2 -> get(out, kind.octets());
        default -> {
          asked.add("bye");
          return;
        }
      }
    }
  }

  private void get(OutputStream out, byte[] request) throws IOException {
    Fields fields = new Fields(request);
    UUID wanted = null;
    while (fields.next()) {
      if (fields.number() == 3) {
        Fields id = new Fields(fields.octets());
        id.next();
        long most = id.value();
        id.next();
        wanted = new UUID(most, id.value());
      }
    }
    if (wanted == null) {
      Message snapshot = new Message();
      hosts.forEach(host -> snapshot.uuid(1, host));
      answer(out, "snapshot", new Message().number(1, 7).number(2, 1).message(7, snapshot));
    } else if (hosts.contains(wanted)) {
      Message host = new Message().message(7, new Message().uuid(1, wanted));
      answer(out, "host", new Message().number(1, 6).number(4, 7).message(6, host));
    } else {
      answer(out, "no host", new Message().number(1, 3));
    }
  }

  private void answer(OutputStream out, String kind, Message message) throws IOException {
    asked.add(kind);
    out.write(message.framed());
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
