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
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers programs on this host. Safe to share. */
public final class ControlSocket implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ControlSocket.class);
  private static final int AT_ONCE = 64;
  private static final int CHUNK = 16_384;
  private static final String TEXT = "text/plain;charset=utf-8";

  /** In which a program must have said what it wants, and again have read the answer. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Path path;
  private final ServerSocketChannel server;
  private final Function<ControlRequest, ControlAnswer> handler;
  private final Duration patience;
  private final Semaphore places = new Semaphore(AT_ONCE);
  private final ScheduledExecutorService timer;

  private ControlSocket(
      Path path,
      ServerSocketChannel server,
      Function<ControlRequest, ControlAnswer> handler,
      Duration patience) {
    this.path = path;
    this.server = server;
    this.handler = handler;
    this.patience = patience;
    ScheduledThreadPoolExecutor clock =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("agent-control-timer").daemon().factory());
    clock.setRemoveOnCancelPolicy(true);
    this.timer = clock;
  }

  /**
   * Listens.
   *
   * @param path of the socket; what an agent left there that was killed is replaced
   * @param handler called by several threads
   * @throws UncheckedIOException if the socket cannot be made, or another agent listens there
   */
  public static ControlSocket open(Path path, Function<ControlRequest, ControlAnswer> handler) {
    return open(path, handler, PATIENCE);
  }

  static ControlSocket open(
      Path path, Function<ControlRequest, ControlAnswer> handler, Duration patience) {
    try {
      Path folder = path.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      requireUnused(path);
      ControlSocket socket = new ControlSocket(path, bind(path), handler, patience);
      Thread.ofPlatform().name("agent-control").daemon().start(socket::accept);
      return socket;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot listen on " + path + ": " + e.getMessage(), e);
    }
  }

  /** Makes the socket where nobody else can open it, and moves it when its mode is right. */
  private static ServerSocketChannel bind(Path path) throws IOException {
    Path folder =
        path.resolveSibling(".%04x".formatted(ThreadLocalRandom.current().nextInt(1 << 16)));
    Files.createDirectory(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Path socket = folder.resolve("s");
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      server.bind(UnixDomainSocketAddress.of(socket));
      Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
      Files.move(socket, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return server;
    } catch (IOException e) {
      server.close();
      throw e;
    } finally {
      Files.deleteIfExists(socket);
      Files.deleteIfExists(folder);
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
        Runnable answer = places.tryAcquire() ? () -> serve(client) : () -> refuse(client);
        Thread.ofVirtual().name("agent-control-client").start(answer);
      } catch (ClosedChannelException e) {
        return;
      } catch (IOException e) {
        LOG.warn("The agent's socket {} could not take a connection: {}", path, e.getMessage());
      }
    }
  }

  private void refuse(SocketChannel client) {
    try (client) {
      read(client); // who has not written all of it would not read the answer
      send(client, new ControlAnswer(503, "The agent answers " + AT_ONCE + " others already.\n"));
    } catch (IOException e) {
      LOG.debug("A program left the agent's socket: {}", e.getMessage());
    }
  }

  private void serve(SocketChannel client) {
    try (client) {
      ControlAnswer answer = answer(read(client));
      ControlAnswer.Stream stream = answer.stream();
      if (stream == null) {
        send(client, answer);
      } else {
        stream(Channels.newOutputStream(client), start(answer), stream);
      }
    } catch (IOException e) {
      LOG.debug("A program left the agent's socket: {}", e.getMessage());
    } finally {
      places.release();
    }
  }

  private static String start(ControlAnswer answer) {
    return "HTTP/1.1 " + answer.status() + " " + reason(answer.status());
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

  private HttpMessage read(SocketChannel client) throws IOException {
    InputStream in = new BufferedInputStream(Channels.newInputStream(client));
    ScheduledFuture<?> end = limit(client);
    try {
      return HttpMessage.readRequest(in);
    } finally {
      end.cancel(false);
    }
  }

  /** Whoever is too slow loses its connection, so that it keeps no place from others. */
  private ScheduledFuture<?> limit(SocketChannel client) {
    return timer.schedule(
        () -> {
          try {
            client.close();
          } catch (IOException e) {
            LOG.debug("A slow program's connection was not closed", e);
          }
        },
        patience.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  private void send(SocketChannel client, ControlAnswer answer) throws IOException {
    ByteBuffer out = ByteBuffer.wrap(HttpMessage.encode(start(answer), TEXT, answer.body()));
    ScheduledFuture<?> end = limit(client);
    try {
      while (out.hasRemaining()) {
        client.write(out);
      }
    } finally {
      end.cancel(false);
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
    timer.shutdownNow();
    try {
      server.close();
      Files.deleteIfExists(path);
    } catch (IOException e) {
      LOG.warn("The agent's socket {} was not closed cleanly: {}", path, e.getMessage());
    }
  }
}
