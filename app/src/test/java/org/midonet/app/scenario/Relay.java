package org.midonet.app.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.midonet.agent.linux.NetworkNamespace;

/**
 * Passes TCP connections on to a server on loopback, and cuts some clients off when it is told to.
 * Safe to share between threads.
 */
final class Relay implements AutoCloseable {
  private final NetworkNamespace namespace;
  private final ServerSocket listener;
  private final int target;
  private final Map<Socket, Socket> pairs = new ConcurrentHashMap<>();
  private final Set<InetAddress> cut = ConcurrentHashMap.newKeySet();

  private Relay(NetworkNamespace namespace, ServerSocket listener, int target) {
    this.namespace = namespace;
    this.listener = listener;
    this.target = target;
  }

  /** Listens on a port of all addresses, for a port of loopback. */
  static Relay start(NetworkNamespace namespace, int port, int target) {
    ServerSocket listener = namespace.call(() -> new ServerSocket(port));
    Relay relay = new Relay(namespace, listener, target);
    Machine.background(() -> {
      while (!listener.isClosed()) {
        Socket client = listener.accept();
        Machine.background(() -> relay.serve(client));
      }
    });
    return relay;
  }

  private void serve(Socket client) throws IOException {
    if (cut.contains(client.getInetAddress())) {
      client.close();
      return;
    }
    try (client;
        Socket server = connect()) {
      client.setTcpNoDelay(true);
      pairs.put(client, server);
      Machine.background(() -> pump(client, server));
      pump(server, client);
    } finally {
      pairs.remove(client);
    }
  }

  private Socket connect() {
    return namespace.call(() -> {
      Socket server = new Socket();
      server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
      server.setTcpNoDelay(true);
      return server;
    });
  }

  private static void pump(Socket from, Socket to) throws IOException {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    }
  }

  /** Ends the connections of a client, and takes no more of it. */
  void cutOff(InetAddress client) {
    cut.add(client);
    pairs.forEach((one, other) -> {
      if (one.getInetAddress().equals(client)) {
        close(one);
        close(other);
      }
    });
  }

  /** Serves a client again. */
  void reconnect(InetAddress client) {
    cut.remove(client);
  }

  private static void close(AutoCloseable socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    close(listener);
    pairs.forEach((one, other) -> {
      close(one);
      close(other);
    });
  }
}
