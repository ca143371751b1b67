package org.midonet.app.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.midonet.agent.linux.Links;
import org.midonet.agent.linux.NetworkNamespace;
import org.midonet.nsdb.EmbeddedZooKeeper;

/**
 * The network between hosts, a switch in a namespace of its own, and the ZooKeeper that they share.
 * Host N has 172.30.0.N there, on a device called underlay. For one thread.
 */
final class Fabric implements AutoCloseable {
  static final int MTU = 1500;
  private static final String PREFIX = "172.30.0.";
  private static final String SERVER = PREFIX + "254";
  private static final int PORT = 2181;
  private static final int BEHIND = 12181;

  private final NetworkNamespace namespace = NetworkNamespace.create();
  private final Path folder;
  private EmbeddedZooKeeper zooKeeper;
  private final Relay relay;

  Fabric() {
    try {
      folder = Files.createTempDirectory("midonet-fabric");
      run("ip link set lo up");
      run("ip link add switch type bridge");
      run("ip address add " + SERVER + "/24 dev switch");
      run("ip link set switch up");
      zooKeeper = startZooKeeper();
      relay = Relay.start(namespace, PORT, BEHIND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void run(String words) {
    Shell.run(namespace, words.split(" ", -1)).orThrow();
  }

  private EmbeddedZooKeeper startZooKeeper() {
    return namespace.call(() -> EmbeddedZooKeeper.start(folder, BEHIND));
  }

  /** What hosts connect to. */
  static String zooKeeperHosts() {
    return SERVER + ":" + PORT;
  }

  static String address(int number) {
    return PREFIX + number;
  }

  /** Connects a host. */
  void connect(NetworkNamespace host, int number) {
    String port = "host" + number;
    namespace.run(() -> {
      try (Links links = new Links()) {
        links.createVeth(port, "underlay");
        links.move(links.get("underlay").index(), host);
      }
    });
    run("ip link set " + port + " master switch up");
    for (String words :
        new String[] {
          "ip address add " + address(number) + "/24 dev underlay", "ip link set underlay up"
        }) {
      Shell.run(host, words.split(" ", -1)).orThrow();
    }
  }

  /** Takes a host's way to ZooKeeper, but not that to the others. */
  void cutOffFromZooKeeper(int number) {
    relay.cutOff(InetAddress.ofLiteral(address(number)));
  }

  void reconnectToZooKeeper(int number) {
    relay.reconnect(InetAddress.ofLiteral(address(number)));
  }

  /** Runs something while ZooKeeper does not. */
  void withoutZooKeeper(Runnable code) throws IOException {
    zooKeeper.close();
    try {
      code.run();
    } finally {
      zooKeeper = startZooKeeper();
    }
  }

  /** Takes a host's cable out of the switch, or puts it in again. */
  void setCable(int number, String state) {
    run("ip link set host" + number + " " + state);
  }

  @Override
  public void close() throws IOException {
    relay.close();
    zooKeeper.close();
    namespace.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
