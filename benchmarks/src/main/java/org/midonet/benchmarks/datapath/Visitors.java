package org.midonet.benchmarks.datapath;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.midonet.agent.linux.NetworkNamespace;
import org.midonet.packets.Ipv4Address;

/**
 * Many clients of a service, each of which makes one connection after the other, and the servers
 * that these end at. For one measurement at a time.
 */
final class Visitors {
  static final int PORT = 8080;

  private static final int CLIENTS = 16;
  private static final int THREADS_OF_SERVER = 4;

  /** A client that hangs for so long has failed. */
  private static final int WAIT_MILLIS = 3_000;

  private final AtomicLong failures = new AtomicLong();
  private final double seconds;

  /**
   * @param seconds that each measurement takes
   */
  Visitors(double seconds) {
    this.seconds = seconds;
  }

  /** Serves in a namespace as long as this program runs. */
  static void serve(NetworkNamespace where) {
    int listening = where.call(() -> Sockets.listen(PORT, WAIT_MILLIS));
    for (int i = 0; i < THREADS_OF_SERVER; i++) {
      Thread.ofPlatform().daemon().start(() -> answer(listening));
    }
  }

  /** Ends connections, so that the client's ports are free at once. */
  private static void answer(int listening) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment octet = Sockets.octet(arena);
      while (true) {
        int fd = Sockets.accept(listening);
        if (fd >= 0) {
          Sockets.receive(fd, octet);
          Sockets.send(fd, octet);
          Sockets.close(fd);
        }
      }
    }
  }

  /**
   * Connections in a second with an octet each way.
   *
   * @param services addresses that all clients go to in turn
   */
  double connections(Endpoint client, List<Ipv4Address> services) {
    List<Talk> talks =
        IntStream.range(0, CLIENTS)
            .mapToObj(number -> {
              Talk talk = new Talk(seconds);
              talk.ready();
              talk.ask(client, () -> visit(services, number, talk));
              return talk;
            })
            .toList();
    return talks.stream().mapToDouble(Talk::askedPerSecond).sum();
  }

  /** Connections that were not answered since this was made. */
  long failures() {
    return failures.get();
  }

  private long visit(List<Ipv4Address> services, int number, Talk talk) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment octet = Sockets.octet(arena);
      List<MemorySegment> addresses =
          services.stream().map(service -> Sockets.address(arena, service, PORT)).toList();
      long count = 0;
      for (int turn = number; !talk.isOver(); turn++) {
        int fd = Sockets.open(Sockets.STREAM, 0, WAIT_MILLIS);
        boolean answered =
            Sockets.connect(fd, addresses.get(turn % addresses.size()))
                && Sockets.send(fd, octet) == 1
                && Sockets.receive(fd, octet) == 1
                && Sockets.receive(fd, octet) == 0;
        Sockets.close(fd);
        if (answered) {
          count++;
        } else {
          failures.incrementAndGet();
        }
      }
      return count;
    }
  }
}
