package org.midonet.nsdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.midonet.nsdb.Fixtures.bridge;
import static org.midonet.nsdb.Fixtures.creation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.midonet.topology.Bridge;
import org.midonet.topology.ObjectType;

/** Three servers of Debian's package zookeeper, on loopback. */
@Tag("packages")
final class EnsembleTest {
  private static final Path JAR = Path.of("/usr/share/java/zookeeper.jar");
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int SERVERS = 3;

  @TempDir private Path folder;

  private final List<Process> servers = new ArrayList<>();
  private final List<Integer> ports = freePorts(3 * SERVERS);

  @BeforeEach
  void start() throws IOException {
    assumeTrue(Files.exists(JAR), "Debian's package zookeeper is not installed");
    StringBuilder members = new StringBuilder();
    for (int i = 0; i < SERVERS; i++) {
      members.append(
          "server.%d=127.0.0.1:%d:%d%n"
              .formatted(i + 1, ports.get(SERVERS + i), ports.get(2 * SERVERS + i)));
    }
    for (int i = 0; i < SERVERS; i++) {
      Path data = Files.createDirectories(folder.resolve("server" + (i + 1)));
      Files.writeString(data.resolve("myid"), Integer.toString(i + 1));
      Path config = folder.resolve("server" + (i + 1) + ".cfg");
      Files.writeString(
          config,
          "tickTime=1000%ninitLimit=30%nsyncLimit=10%nadmin.enableServer=false%ndataDir=%s%nclientPortAddress=127.0.0.1%nclientPort=%d%n%s"
              .formatted(data, ports.get(i), members));
      servers.add(
          new ProcessBuilder(
                  "/usr/bin/java",
                  "-Xmx128m",
                  "-cp",
                  JAR.toString(),
                  "org.apache.zookeeper.server.quorum.QuorumPeerMain",
                  config.toString())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("server" + (i + 1) + ".log").toFile())
              .start());
    }
  }

  @AfterEach
  void stop() throws InterruptedException {
    for (Process server : servers) {
      server.destroyForcibly().waitFor();
    }
  }

  @Test
  void killingTheLeaderUnderLoadLosesNothing() throws Exception {
    await().atMost(PATIENCE).until(() -> leader() >= 0);
    ZooKeeperConfig config =
        ZooKeeperConfig.of(
                ports.subList(0, SERVERS).stream()
                    .map(port -> "127.0.0.1:" + port)
                    .collect(Collectors.joining(",")))
            .withTimeouts(Duration.ofSeconds(10), PATIENCE);
    Queue<UUID> acknowledged = new ConcurrentLinkedQueue<>();
    try (ZooKeeperNsdb one = ZooKeeperNsdb.open(config);
        ZooKeeperNsdb two = ZooKeeperNsdb.open(config)) {
      killTheLeaderUnderLoad(List.of(one, two), acknowledged);
      for (ZooKeeperNsdb nsdb : List.of(one, two)) {
        await()
            .atMost(PATIENCE)
            .untilAsserted(() ->
                assertThat(nsdb.topology().list(ObjectType.BRIDGE))
                    .extracting(Bridge::id)
                    .containsExactlyInAnyOrderElementsOf(acknowledged));
      }
      try (ZooKeeperNsdb later = ZooKeeperNsdb.open(config)) {
        assertThat(Changes.between(later.topology(), one.topology())).isEmpty();
        assertThat(later.corrupt()).isEmpty();
      }
    }
  }

  private void killTheLeaderUnderLoad(List<ZooKeeperNsdb> stores, Queue<UUID> acknowledged)
      throws Exception {
    AtomicBoolean enough = new AtomicBoolean();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> load = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        Nsdb nsdb = stores.get(i % 2);
        load.add(
            threads.submit(() -> {
              while (!enough.get()) {
                Bridge bridge = bridge("net");
                nsdb.commit(List.of(creation(bridge)));
                acknowledged.add(bridge.id());
              }
            }));
      }
      await().atMost(PATIENCE).until(() -> acknowledged.size() > 100);
      servers.get(leader()).destroyForcibly();
      int atTheKill = acknowledged.size();
      await().atMost(PATIENCE).until(() -> acknowledged.size() > atTheKill + 200);
      enough.set(true);
      for (Future<?> each : load) {
        each.get();
      }
    }
  }

  /** The number of the server that leads, -1 when none does. */
  private int leader() {
    for (int i = 0; i < SERVERS; i++) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), ports.get(i))) {
        socket.getOutputStream().write("srvr".getBytes(StandardCharsets.US_ASCII));
        String answer =
            new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        if (answer.contains("Mode: leader")) {
          return i;
        }
      } catch (IOException e) {
        // It is not up yet.
      }
    }
    return -1;
  }

  private static List<Integer> freePorts(int count) {
    List<ServerSocket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      }
      List<Integer> ports = sockets.stream().map(ServerSocket::getLocalPort).toList();
      for (ServerSocket socket : sockets) {
        socket.close();
      }
      return ports;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
