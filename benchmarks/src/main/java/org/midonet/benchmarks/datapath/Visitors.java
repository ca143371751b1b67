package org.midonet.benchmarks.datapath;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
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

  /** A client has so many connections before one has addresses and ports of one before it. */
  private static final int FIRST_PORT = 1024;

  private static final int LAST_PORT = 65_535;
  private static final int THREADS_OF_SERVER = 4;

  /** A client that hangs for so long has failed. */
  private static final int WAIT_MILLIS = 3_000;

  private final AtomicLong failures = new AtomicLong();
  private final List<Endpoint> clients;
  private final List<AtomicInteger> ports;
  private final Ipv4Address service;
  private final double seconds;

  /**
   * Clients of a service.
   *
   * @param clients each of them at an address of its own
   * @param seconds that each measurement takes
   */
  Visitors(List<Endpoint> clients, Ipv4Address service, double seconds) {
    this.clients = List.copyOf(clients);
    this.ports = clients.stream().map(_ -> new AtomicInteger(FIRST_PORT)).toList();
    this.service = service;
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

  /** Connections in a second with an octet each way. */
  double connections() {
    List<Talk> talks =
        IntStream.range(0, clients.size())
            .mapToObj(number -> {
              Talk talk = new Talk(seconds);
              talk.ready();
              talk.ask(clients.get(number), () -> visit(number, talk));
              return talk;
            })
            .toList();
    return talks.stream().mapToDouble(Talk::askedPerSecond).sum();
  }

  /** Connections that were not answered since this was made. */
  long failures() {
    return failures.get();
  }

  private long visit(int number, Talk talk) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment octet = Sockets.octet(arena);
      MemorySegment address = Sockets.address(arena, service, PORT);
      long count = 0;
      while (!talk.isOver()) {
        int port = ports.get(number).getAndUpdate(it -> it == LAST_PORT ? FIRST_PORT : it + 1);
        int fd = Sockets.open(Sockets.STREAM, clients.get(number).address(), port, WAIT_MILLIS);
        boolean answered =
            Sockets.connect(fd, address)
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
