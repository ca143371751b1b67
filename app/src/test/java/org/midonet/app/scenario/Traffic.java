package org.midonet.app.scenario;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * A connection that is never quiet: something goes out every millisecond, and when an answer came
 * last is known. Safe to share between threads.
 */
final class Traffic implements AutoCloseable {
  private static final Duration PACE = Duration.ofMillis(1);
  private static final Duration QUIET = Duration.ofMillis(500);

  private final AutoCloseable socket;
  private volatile long lastAnswer;
  private volatile long longestSilence;
  private volatile boolean closed;

  private Traffic(AutoCloseable socket) {
    this.socket = socket;
  }

  /** Datagrams to an echo. */
  static Traffic udp(Machine from, String to, int port) {
    DatagramSocket socket = from.udpSocket(0);
    Traffic traffic = new Traffic(socket);
    InetAddress address = InetAddress.ofLiteral(to);
    traffic.every(() -> socket.send(new DatagramPacket(new byte[64], 64, address, port)));
    traffic.answers(() -> socket.receive(new DatagramPacket(new byte[64], 64)));
    return traffic;
  }

  /** Octets to an echo, in one TCP connection. */
  static Traffic tcp(Machine from, String to, int port) throws IOException {
    Socket socket = from.connect(to, port);
    Traffic traffic = new Traffic(socket);
    OutputStream out = socket.getOutputStream();
    InputStream in = socket.getInputStream();
    traffic.every(() -> out.write(1));
    traffic.answers(() -> {
      if (in.read() < 0) {
        throw new IOException("the other side closed the connection");
      }
    });
    return traffic;
  }

  private void every(Machine.Work send) {
    Machine.background(() -> {
      while (!closed) {
        send.run();
        LockSupport.parkNanos(PACE.toNanos());
      }
    });
  }

  private void answers(Machine.Work receive) {
    Machine.background(() -> {
      while (!closed) {
        receive.run();
        long now = System.nanoTime();
        if (lastAnswer != 0) {
          longestSilence = Math.max(longestSilence, now - lastAnswer);
        }
        lastAnswer = now;
      }
    });
  }

  /** Returns when answers come, from now on. */
  Traffic awaitAnswers() {
    restoredBy(() -> {});
    return this;
  }

  /** Makes a change, and tells how long after it the first answer came. */
  Duration restoredBy(Runnable change) {
    change.run();
    long begun = System.nanoTime();
    Until.within(10, "answers come", () -> lastAnswer > begun);
    return Duration.ofNanos(lastAnswer - begun);
  }

  /** Makes a change, and tells how long after it the last answer came. */
  Duration cutBy(Runnable change) {
    change.run();
    long begun = System.nanoTime();
    Until.within(
        10,
        "no answers come",
        () -> System.nanoTime() - Math.max(lastAnswer, begun) > QUIET.toNanos());
    return Duration.ofNanos(Math.max(0, lastAnswer - begun));
  }

  /**
   * Makes changes, and tells how long the longest time without an answer was while they were made
   * and until the next answer.
   */
  Duration longestSilenceDuring(Runnable changes) {
    restoredBy(() -> longestSilence = 0);
    longestSilence = 0;
    restoredBy(changes);
    return Duration.ofNanos(longestSilence);
  }

  /** Whether answers still come. */
  boolean goesOn() {
    return System.nanoTime() - lastAnswer < QUIET.toNanos();
  }

  @Override
  public void close() {
    closed = true;
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
