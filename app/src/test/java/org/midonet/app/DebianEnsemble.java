package org.midonet.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Three servers of Debian's package zookeeper on loopback. For one thread. */
final class DebianEnsemble implements AutoCloseable {
  private static final Path JAR = Path.of("/usr/share/java/zookeeper.jar");
  private static final int SERVERS = 3;

  private final List<Process> servers = new ArrayList<>();
  private final List<Integer> ports = freePorts(3 * SERVERS);

  /**
   * Starts them; they have a leader soon after.
   *
   * @param folder for what they keep
   */
  DebianEnsemble(Path folder) throws IOException {
    StringBuilder members = new StringBuilder();
    for (int i = 0; i < SERVERS; i++) {
      members.append(
          "server.%d=127.0.0.1:%d:%d%n"
              .formatted(i + 1, ports.get(SERVERS + i), ports.get(2 * SERVERS + i)));
    }
    for (int i = 0; i < SERVERS; i++) {
      servers.add(start(folder.resolve("zookeeper" + (i + 1)), i, members.toString()));
    }
  }

  static boolean isInstalled() {
    return Files.exists(JAR);
  }

  private Process start(Path data, int number, String members) throws IOException {
    Files.createDirectories(data);
    Files.writeString(data.resolve("myid"), Integer.toString(number + 1));
    Path config =
        Files.writeString(
            data.resolve("zoo.cfg"),
            """
            tickTime=1000
            initLimit=30
            syncLimit=10
            admin.enableServer=false
            dataDir=%s
            clientPortAddress=127.0.0.1
            clientPort=%d
            %s
            """
                .formatted(data, ports.get(number), members));
    return new ProcessBuilder(
            "/usr/bin/java",
            "-Xmx128m",
            "-cp",
            JAR.toString(),
            "org.apache.zookeeper.server.quorum.QuorumPeerMain",
            config.toString())
        .redirectErrorStream(true)
        .redirectOutput(data.resolve("log").toFile())
        .start();
  }

  /** As {@code zookeeper_hosts} has them. */
  String hosts() {
    return ports.subList(0, SERVERS).stream()
        .map(port -> "127.0.0.1:" + port)
        .collect(Collectors.joining(","));
  }

  /** The number of the server that leads, -1 when none does. */
  int leader() {
    for (int i = 0; i < SERVERS; i++) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), ports.get(i))) {
        socket.getOutputStream().write("srvr".getBytes(StandardCharsets.US_ASCII));
        String answer =
            new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        if (answer.contains("Mode: leader")) {
          return i;
        }
      } catch (IOException e) {
        // It is not up.
      }
    }
    return -1;
  }

  /** Ends a server with SIGKILL. */
  void kill(int number) {
    servers.get(number).destroyForcibly().onExit().join();
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

  @Override
  public void close() {
    servers.forEach(server -> server.destroyForcibly().onExit().join());
  }
}
