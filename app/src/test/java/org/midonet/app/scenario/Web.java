package org.midonet.app.scenario;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A web server on a machine that tells the machine's address, and the address of who asks. Safe to
 * share between threads. Its clients are {@link Client}s, or any other.
 */
final class Web implements AutoCloseable {
  private final ServerSocket server;

  private Web(ServerSocket server) {
    this.server = server;
  }

  static Web serve(Machine machine, int port) {
    ServerSocket server =
        machine
            .namespace()
            .call(() -> {
              ServerSocket socket = new ServerSocket();
              socket.setReuseAddress(true);
              socket.bind(new InetSocketAddress(port), 512);
              return socket;
            });
    Web web = new Web(server);
    Machine.background(() -> {
      while (!server.isClosed()) {
        Socket client = server.accept();
        Thread.ofVirtual().start(() -> answer(client, machine.address()));
      }
    });
    return web;
  }

  private static void answer(Socket client, String own) {
    try (client) {
      BufferedReader in = reader(client);
      OutputStream out = client.getOutputStream();
      while (readHead(in) != null) {
        String body = own + " " + client.getInetAddress().getHostAddress();
        String head = "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n";
        out.write((head + body).getBytes(StandardCharsets.US_ASCII));
      }
    } catch (IOException e) {
      Thread.currentThread().interrupt(); // the client is gone
    }
  }

  private static BufferedReader reader(Socket socket) throws IOException {
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
  }

  /** The first line of a head, null at the end. */
  private static @Nullable String readHead(BufferedReader in) throws IOException {
    String first = in.readLine();
    for (String line = first; line != null && !line.isEmpty(); line = in.readLine()) {}
    return first;
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A connection to such a server. For one thread. */
  static final class Client implements AutoCloseable {
    private final Socket socket;
    private final BufferedReader in;

    private Client(Socket socket) throws IOException {
      this.socket = socket;
      this.in = reader(socket);
    }

    /**
     * Connects.
     *
     * @throws UncheckedIOException when it is refused, or nobody answers for seconds
     */
    static Client of(Machine machine, String address, int port) {
      try {
        Socket socket = machine.connect(address, port);
        socket.setSoTimeout(3_000);
        return new Client(socket);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /**
     * The server's address and its client's as it sees it, with a space between; null if it is
     * gone.
     */
    @Nullable String ask() {
      try {
        socket
            .getOutputStream()
            .write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        if (readHead(in) == null) {
          return null;
        }
        StringBuilder body = new StringBuilder();
        do {
          int letter = in.read();
          if (letter < 0) {
            return null;
          }
          body.append((char) letter);
        } while (in.ready());
        return body.toString();
      } catch (IOException e) {
        return null;
      }
    }

    @Override
    public void close() {
      try {
        socket.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
