package org.midonet.benchmarks.datapath;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is sent along a way to see how much goes. For one measurement at a time. */
final class Load {
  /** Octets of payload, which make a frame of 64 without its check sequence. */
  private static final int SMALL = 22;

  private static final int UDP_PORT = 7000;
  private static final int ECHO_PORT = 7001;
  private static final int WAIT_MILLIS = 200;

  /** Connections go to many ports, so that none has addresses and ports of one before it. */
  private static final int PORTS = 64;

  private static final int FIRST_PORT = 10_000;
  private static final int LAST_PORT = 32_000;
  private static final int CLIENTS = 2;

  private final double seconds;
  private final AtomicInteger port = new AtomicInteger(FIRST_PORT);

  /**
   * @param seconds that each measurement takes
   */
  Load(double seconds) {
    this.seconds = seconds;
  }

  /** Megabits a second of TCP by iperf3. */
  double tcp(Way way, int streams) {
    Process server =
        way.server().namespace().call(() -> new ProcessBuilder("iperf3", "-s", "-1").start());
    try {
      awaitListening(way.server());
      String said =
          way.client()
              .run(
                  "iperf3",
                  "-J",
                  "-c",
                  way.server().address().toString(),
                  "-t",
                  String.format(Locale.ROOT, "%.0f", Math.max(1, seconds)),
                  "-P",
                  String.valueOf(streams));
      JsonNode sum = JsonMapper.shared().readTree(said).path("end").path("sum_received");
      return sum.path("bits_per_second").asDouble() / 1e6;
    } finally {
      server.destroy();
    }
  }

  private static void awaitListening(Endpoint server) {
    for (int i = 0; i < 500; i++) {
      if (server.run("ss", "-Hltn", "sport = :5201").contains("5201")) {
        return;
      }
    }
    throw new IllegalStateException("iperf3 does not listen");
  }

  /** Small UDP datagrams that arrive in a second, as fast as one thread sends them. */
  double udp(Way way) {
    Talk talk = new Talk(seconds);
    talk.serve(way.server(), () -> countDatagrams(talk));
    talk.ask(way.client(), () -> sendDatagrams(way, talk));
    talk.end();
    return talk.servedPerSecond();
  }

  private static long countDatagrams(Talk talk) {
    int fd = Sockets.open(Sockets.DATAGRAM, UDP_PORT, WAIT_MILLIS);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(64);
      talk.ready();
      long count = 0;
      while (!talk.isOver()) {
        count += Sockets.receive(fd, buffer) > 0 ? 1 : 0;
      }
      return count;
    } finally {
      Sockets.close(fd);
    }
  }

  private static long sendDatagrams(Way way, Talk talk) {
    int fd = Sockets.open(Sockets.DATAGRAM, 0, WAIT_MILLIS);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment data = arena.allocate(SMALL);
      Sockets.connect(fd, Sockets.address(arena, way.server().address(), UDP_PORT));
      while (!talk.isOver()) {
        for (int i = 0; i < 32; i++) {
          Sockets.send(fd, data);
        }
      }
      return 0;
    } finally {
      Sockets.close(fd);
    }
  }

  /** Questions of an octet that are answered in a second, one after the other on one connection. */
  double requests(Way way) {
    Talk talk = new Talk(seconds);
    talk.serve(way.server(), () -> echo(talk));
    talk.ask(way.client(), () -> ask(way, talk));
    talk.end();
    return talk.askedPerSecond();
  }

  private static long echo(Talk talk) throws IOException {
    int listening = Sockets.listen(ECHO_PORT, 5000);
    talk.ready();
    int fd = Sockets.accept(listening);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment octet = Sockets.octet(arena);
      while (fd >= 0 && Sockets.receive(fd, octet) > 0) {
        Sockets.send(fd, octet);
      }
      return 0;
    } finally {
      Sockets.close(fd);
      Sockets.close(listening);
    }
  }

  private static long ask(Way way, Talk talk) throws IOException {
    int fd = Sockets.open(Sockets.STREAM, 0, 5000);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment octet = Sockets.octet(arena);
      if (!Sockets.connect(fd, Sockets.address(arena, way.server().address(), ECHO_PORT))) {
        throw new IOException(way.name() + ": no connection");
      }
      long count = 0;
      while (!talk.isOver()) {
        Sockets.send(fd, octet);
        if (Sockets.receive(fd, octet) <= 0) {
          throw new IOException(way.name() + ": the connection ended");
        }
        count++;
      }
      return count;
    } finally {
      Sockets.close(fd);
    }
  }

  /** Connections in a second with an octet each way, by two clients, each with a server. */
  double connections(Way way) {
    List<Talk> talks = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      int first = port.getAndUpdate(it -> it + 2 * PORTS > LAST_PORT ? FIRST_PORT : it + PORTS);
      Talk talk = new Talk(seconds);
      talk.serve(way.server(), () -> accept(first, talk));
      talk.ask(way.client(), () -> connect(way, first, talk));
      talks.add(talk);
    }
    talks.forEach(Talk::end);
    return talks.stream().mapToDouble(Talk::askedPerSecond).sum();
  }

  /** The server ends connections, so that the client's ports are free at once. */
  private static long accept(int first, Talk talk) {
    int[] listening = new int[PORTS];
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment octet = Sockets.octet(arena);
      for (int i = 0; i < PORTS; i++) {
        listening[i] = Sockets.listen(first + i, WAIT_MILLIS);
      }
      talk.ready();
      long count = 0;
      while (!talk.isOver()) {
        int fd = Sockets.accept(listening[(int) (count % PORTS)]);
        if (fd >= 0) {
          Sockets.receive(fd, octet);
          Sockets.send(fd, octet);
          Sockets.close(fd);
          count++;
        }
      }
      return count;
    } finally {
      for (int fd : listening) {
        Sockets.close(fd);
      }
    }
  }

  private static long connect(Way way, int first, Talk talk) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment octet = Sockets.octet(arena);
      MemorySegment[] addresses = new MemorySegment[PORTS];
      for (int i = 0; i < PORTS; i++) {
        addresses[i] = Sockets.address(arena, way.server().address(), first + i);
      }
      long count = 0;
      while (!talk.isOver()) {
        int fd = Sockets.open(Sockets.STREAM, 0, WAIT_MILLIS);
        if (Sockets.connect(fd, addresses[(int) (count % PORTS)])) {
          Sockets.send(fd, octet);
          Sockets.receive(fd, octet);
          Sockets.receive(fd, octet); // the end
          count++;
        }
        Sockets.close(fd);
      }
      return count;
    }
  }
}
