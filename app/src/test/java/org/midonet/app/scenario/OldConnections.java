package org.midonet.app.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * TCP connections that were made when the host started and have been quiet since, so that the other
 * tests pass the time. For one thread.
 */
final class OldConnections implements AutoCloseable {
  private static final int ECHO = 9;
  private static final int ANSWER_MILLIS = 10_000;

  private final Cloud cloud;
  private final Map<String, Socket> sockets = new LinkedHashMap<>();
  private final long begun;

  OldConnections(Host host) {
    cloud = new Cloud(host);
    String external = cloud.external("172.24.4");
    String network = cloud.network("10.0.1.0/24");
    cloud.gateway(cloud.router(network), external);
    Machine world = cloud.openMachineAt(external, "172.24.4.1");
    String group = cloud.group();
    cloud.allow(group, "tcp", ECHO);
    Machine server = cloud.machine(network, Cloud.groups(group));
    Machine client = cloud.machine(network);
    world.echoTcp(ECHO);
    server.echoTcp(ECHO);
    String floating = cloud.floatingIp(external, server).address();
    Until.within(10, "the floating IP is there", () -> answers(world, floating));
    sockets.put("on a network", client.connect(server.address(), ECHO));
    sockets.put("source NAT", client.connect("172.24.4.1", ECHO));
    sockets.put("floating IP", world.connect(floating, ECHO));
    sockets.forEach((how, socket) -> check(how));
    begun = System.nanoTime();
  }

  private static boolean answers(Machine from, String to) {
    try (Socket _ = from.connect(to, ECHO)) {
      return true;
    } catch (IOException | UncheckedIOException e) {
      return false;
    }
  }

  /** The kinds of connections. */
  Iterable<String> kinds() {
    return sockets.keySet();
  }

  /** Waits until they have been quiet for so long. */
  void awaitAge(int seconds) {
    Until.within(
        seconds, "time passes", () -> System.nanoTime() - begun > seconds * 1_000_000_000L);
  }

  /** Whether an octet comes back on a connection. */
  boolean check(String kind) {
    Socket socket = Objects.requireNonNull(sockets.get(kind));
    try {
      socket.setSoTimeout(ANSWER_MILLIS);
      socket.getOutputStream().write(42);
      return socket.getInputStream().read() == 42;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    cloud.close();
  }
}
