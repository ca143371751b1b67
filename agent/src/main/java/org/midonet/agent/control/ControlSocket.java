package org.midonet.agent.control;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers programs on this host. Safe to share. */
public final class ControlSocket implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ControlSocket.class);
  private static final int AT_ONCE = 64;
  private static final int CHUNK = 16_384;
  private static final String TEXT = "text/plain;charset=utf-8";

  private final Path path;
  private final ServerSocketChannel server;
  private final Function<ControlRequest, ControlAnswer> handler;
  private final Semaphore places = new Semaphore(AT_ONCE);

  private ControlSocket(
      Path path, ServerSocketChannel server, Function<ControlRequest, ControlAnswer> handler) {
    this.path = path;
    this.server = server;
    this.handler = handler;
  }

  /**
   * Listens.
   *
   * @param path of the socket; what an agent left there that was killed is replaced
   * @param handler called by several threads
   * @throws UncheckedIOException if the socket cannot be made, or another agent listens there
   */
  public static ControlSocket open(Path path, Function<ControlRequest, ControlAnswer> handler) {
    try {
      Path folder = path.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      requireUnused(path);
      Files.deleteIfExists(path);
      ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      server.bind(UnixDomainSocketAddress.of(path));
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
      ControlSocket socket = new ControlSocket(path, server, handler);
      Thread.ofPlatform().name("agent-control").daemon().start(socket::accept);
      return socket;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot listen on " + path + ": " + e.getMessage(), e);
    }
  }

  private static void requireUnused(Path path) throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      probe.connect(UnixDomainSocketAddress.of(path));
    } catch (IOException e) {
      return;
    }
    throw new IOException("another agent listens there");
  }

  private void accept() {
    while (server.isOpen()) {
      try {
        SocketChannel client = server.accept();
        places.acquire();
        Thread.ofVirtual().name("agent-control-client").start(() -> serve(client));
      } catch (ClosedChannelException e) {
        return;
      } catch (IOException e) {
        LOG.warn("The agent's socket {} could not take a connection: {}", path, e.getMessage());
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void serve(SocketChannel client) {
    try (client) {
      InputStream in = new BufferedInputStream(Channels.newInputStream(client));
      HttpMessage message = HttpMessage.readRequest(in);
      ControlAnswer answer = answer(message);
      String start = "HTTP/1.1 " + answer.status() + " " + reason(answer.status());
      ControlAnswer.Stream stream = answer.stream();
      if (stream != null) {
        stream(Channels.newOutputStream(client), start, stream);
        return;
      }
      ByteBuffer out = ByteBuffer.wrap(HttpMessage.encode(start, TEXT, answer.body()));
      while (out.hasRemaining()) {
        client.write(out);
      }
    } catch (IOException e) {
      LOG.debug("A program left the agent's socket: {}", e.getMessage());
    } finally {
      places.release();
    }
  }

  private static void stream(OutputStream out, String start, ControlAnswer.Stream stream)
      throws IOException {
    out.write(HttpMessage.chunkedHead(start, TEXT));
    try (Writer text =
        new OutputStreamWriter(
            new BufferedOutputStream(new Chunks.Out(out), CHUNK), StandardCharsets.UTF_8)) {
      stream.writeTo(text);
    }
  }

  private ControlAnswer answer(HttpMessage message) {
    String[] words = message.start().split(" ", -1);
    if (words.length != 3) {
      return new ControlAnswer(400, "This is no HTTP request.\n");
    }
    try {
      return handler.apply(new ControlRequest(words[0], words[1], message.body()));
    } catch (RuntimeException e) {
      LOG.error("{} {} failed", words[0], words[1], e);
      return new ControlAnswer(500, "The agent failed: " + e + "\n");
    }
  }

  private static String reason(int status) {
    return switch (status) {
      case 200 -> "OK";
      case 204 -> "No Content";
      case 400 -> "Bad Request";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 409 -> "Conflict";
      case 503 -> "Service Unavailable";
      default -> "Internal Server Error";
    };
  }

  @Override
  public void close() {
    try {
      server.close();
      Files.deleteIfExists(path);
    } catch (IOException e) {
      LOG.warn("The agent's socket {} was not closed cleanly: {}", path, e.getMessage());
    }
  }
}
