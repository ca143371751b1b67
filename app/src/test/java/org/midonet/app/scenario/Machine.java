package org.midonet.app.scenario;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.midonet.agent.linux.Links;
import org.midonet.agent.linux.NetworkNamespace;
import org.midonet.agent.linux.PacketSocket;
import org.midonet.packets.Mac;
import org.midonet.packets.frame.Ethernet;

/**
 * A virtual machine: a network namespace whose eth0 is the other end of a tap of the host. For one
 * thread. It is gone with the descriptor that keeps it, whatever becomes of the tests.
 */
final class Machine implements AutoCloseable {
  private static final String[] TOOLS = {
    "ip", "ping", "arping", "curl", "dhclient", "iperf3", "tcpdump", "traceroute", "unshare"
  };

  private static final Duration PATIENCE = Duration.ofSeconds(6);

  private Host host;
  private final String port;
  private final Mac mac;
  private final List<String> addresses;
  private final String device;
  private final NetworkNamespace namespace = NetworkNamespace.create();
  private final Deque<AutoCloseable> running = new ArrayDeque<>();

  /**
   * A machine that has its cable but no address.
   *
   * @param addresses that Neutron gave it
   */
  Machine(Host host, String port, Mac mac, List<String> addresses) {
    this.host = host;
    this.port = port;
    this.mac = mac;
    this.addresses = List.copyOf(addresses);
    this.device = "tap" + port.substring(0, 11);
    inside("ip link set lo up");
    connect(device);
  }

  /** A tool that machines run and that is not there. */
  static @Nullable String missingTool() {
    for (String tool : TOOLS) {
      boolean found =
          Stream.of("/usr/sbin", "/usr/bin", "/sbin", "/bin")
              .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
      if (!found) {
        return tool;
      }
    }
    return null;
  }

  /** Makes a cable from eth0 to a device of the host. */
  void connect(String to) {
    String end = "e" + to.substring(1);
    host.namespace()
        .run(() -> {
          try (Links links = new Links()) {
            links.createVeth(to, end);
            links.move(links.get(end).index(), namespace);
          }
        });
    inside("ip link set " + end + " name eth0 address " + mac);
    configure("accept_dad", "0");
    configure("accept_ra", "0");
    inside("ip link set eth0 up");
    onHost("ip link set " + to + " up");
  }

  /** Makes a cable to another machine, with a device of a new name at each end. */
  void cableTo(Machine other, String here, String there) {
    namespace.run(() -> {
      try (Links links = new Links()) {
        links.createVeth(here, there);
        links.move(links.get(there).index(), other.namespace);
      }
    });
    inside("ip link set " + here + " up");
    other.inside("ip link set " + there + " up");
  }

  /** Sets what the kernel does with IPv6 in the machine. */
  void configure(String name, String value) {
    namespace.call(() -> Files.writeString(Path.of("/proc/sys/net/ipv6/conf/eth0", name), value));
  }

  /** The same with IPv4 in all of it. */
  void configureIpv4(String name, String value) {
    namespace.call(() -> Files.writeString(Path.of("/proc/sys/net/ipv4", name), value));
  }

  /** Lays a cable to another machine, past all hosts, called beside at both ends. */
  void joinTo(Machine other, String address, String othersAddress) {
    namespace.run(() -> {
      try (Links links = new Links()) {
        links.createVeth("beside", "other");
        links.move(links.get("other").index(), other.namespace);
      }
    });
    other.inside("ip link set other name beside up");
    inside("ip link set beside up");
    inside("ip address add " + address + " dev beside");
    other.inside("ip address add " + othersAddress + " dev beside");
  }

  String port() {
    return port;
  }

  Mac mac() {
    return mac;
  }

  /** Its first address. */
  String address() {
    return addresses.getFirst();
  }

  List<String> addresses() {
    return addresses;
  }

  /** The host's end of its cable. */
  String device() {
    return device;
  }

  NetworkNamespace namespace() {
    return namespace;
  }

  /** Runs a command in the machine, half a minute at most. */
  Shell.Said run(String... command) {
    return Shell.run(namespace, command);
  }

  /** Runs words that are a command in the machine; it has to succeed. */
  String inside(String words) {
    return run(words.split(" ", -1)).orThrow().text();
  }

  /** The same on the host. */
  void onHost(String words) {
    Shell.run(host.namespace(), words.split(" ", -1)).orThrow();
  }

  /** Starts a command that ends with the machine. */
  Process start(String... command) {
    Process process = Shell.start(namespace, command);
    running.push(process::destroy);
    return process;
  }

  /** Whether an answer to a ping comes soon: changes take a moment, and so does a first packet. */
  boolean reaches(String to) {
    return soon(() -> run("ping", "-n", "-c", "1", "-W", "2", to).succeeded());
  }

  private static boolean soon(BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
    }
    return true;
  }

  boolean reaches(Machine other) {
    return reaches(other.address());
  }

  /** Whether soon none of several pings is answered. */
  boolean isCutOffFrom(String to) {
    return soon(() ->
        run("ping", "-n", "-c", "3", "-i", "0.2", "-W", "1", to).text().contains(" 0 received"));
  }

  boolean isCutOffFrom(Machine other) {
    return isCutOffFrom(other.address());
  }

  /** What a web server at that place says; its status tells of trouble. */
  Shell.Said curl(String to) {
    return run("curl", "-gsS", "-m", "3", "http://" + to);
  }

  /** Whether no web server answers at that place. */
  boolean cannotCurl(String to) {
    return soon(() -> !run("curl", "-gsS", "-m", "1", "http://" + to).succeeded());
  }

  /** What tcpdump sees in the machine from now on. */
  Capture capture(String filter) {
    Capture capture = Capture.start(this, filter);
    running.push(capture);
    return capture;
  }

  /** A web server that says who it sees. */
  void serveHttp(int port) {
    HttpServer server = Host.serve(namespace, InetAddress.ofLiteral("::"), port);
    server.createContext(
        "/",
        exchange -> {
          String client = exchange.getRemoteAddress().getAddress().getHostAddress();
          byte[] answer = (addresses + " sees " + client + "\n").getBytes(StandardCharsets.UTF_8);
          try (exchange) {
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
          }
        });
    server.start();
    running.push(() -> server.stop(0));
  }

  /** A web server that sends so many octets. */
  void serveHttp(int port, int octets) {
    HttpServer server = Host.serve(namespace, InetAddress.ofLiteral("::"), port);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.sendResponseHeaders(200, octets);
            exchange.getResponseBody().write(new byte[octets]);
          }
        });
    server.start();
    running.push(() -> server.stop(0));
  }

  /** Sends UDP back on a port. */
  void echoUdp(int port) {
    DatagramSocket socket = udpSocket(port);
    running.push(socket);
    background(() -> {
      DatagramPacket packet = new DatagramPacket(new byte[1 << 16], 1 << 16);
      while (!socket.isClosed()) {
        packet.setLength(1 << 16);
        socket.receive(packet);
        socket.send(packet);
      }
    });
  }

  /** A socket of the machine, closed by who asked for it. */
  DatagramSocket udpSocket(int port) {
    return namespace.call(() -> new DatagramSocket(port));
  }

  /** Sends back what comes on TCP connections to a port. */
  void echoTcp(int port) {
    ServerSocket server = namespace.call(() -> new ServerSocket(port));
    running.push(server);
    background(() -> {
      while (!server.isClosed()) {
        Socket client = server.accept();
        client.setTcpNoDelay(true);
        background(() -> {
          try (client) {
            client.getInputStream().transferTo(client.getOutputStream());
          }
        });
      }
    });
  }

  /**
   * A connection.
   *
   * @throws UncheckedIOException when it is refused, or nobody answers for seconds
   */
  Socket connect(String to, int toPort) {
    return namespace.call(() -> {
      Socket socket = new Socket();
      try {
        socket.connect(new InetSocketAddress(InetAddress.ofLiteral(to), toPort), 5_000);
        socket.setTcpNoDelay(true);
        return socket;
      } catch (IOException e) {
        socket.close();
        throw new UncheckedIOException(e);
      }
    });
  }

  /** Whether a UDP datagram of a size comes back from an echo. */
  boolean udpEchoes(String to, int toPort, int size) {
    byte[] data = new byte[size];
    for (int i = 0; i < size; i++) {
      data[i] = (byte) (i * 31);
    }
    try (DatagramSocket socket = udpSocket(0)) {
      socket.setSoTimeout(1_000);
      for (int i = 0; i < 3; i++) {
        socket.send(new DatagramPacket(data, size, InetAddress.ofLiteral(to), toPort));
        DatagramPacket answer = new DatagramPacket(new byte[1 << 16], 1 << 16);
        if (received(socket, answer) && answer.getLength() == size) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean received(DatagramSocket socket, DatagramPacket packet) {
    try {
      socket.receive(packet);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Puts frames on the cable as they are. */
  void send(Ethernet... frames) {
    int index =
        namespace.call(() -> {
          try (Links links = new Links()) {
            return links.get("eth0").index();
          }
        });
    try (PacketSocket socket = namespace.call(() -> new PacketSocket(index, false))) {
      for (Ethernet frame : frames) {
        socket.send(frame.toBytes());
      }
    }
  }

  /** Code that ends with an exception when its socket is closed. */
  interface Work {
    void run() throws IOException;
  }

  static void background(Work work) {
    Thread.ofPlatform()
        .daemon()
        .name("machine")
        .start(() -> {
          try {
            work.run();
          } catch (IOException e) {
            Thread.currentThread().interrupt(); // closed: the machine goes
          }
        });
  }

  /**
   * Moves to another host, as when a machine migrates: its cable goes there, and its addresses stay
   * on the new eth0.
   *
   * @param gateway of its default route, empty for none
   */
  void moveTo(Host other, String gateway) {
    unplug();
    host = other;
    connect(device);
    addresses.forEach(address -> inside("ip address add " + address + "/24 dev eth0"));
    if (!gateway.isEmpty()) {
      inside("ip route replace default via " + gateway);
    }
  }

  /** Takes the cable away, as when a machine is destroyed. */
  void unplug() {
    Shell.run(host.namespace(), "ip", "link", "del", device);
  }

  @Override
  public void close() {
    List<Exception> failures = new ArrayList<>();
    for (AutoCloseable it : running) {
      try {
        it.close();
      } catch (Exception e) {
        failures.add(e);
      }
    }
    unplug();
    namespace.close();
    if (!failures.isEmpty()) {
      throw new IllegalStateException(failures.getFirst());
    }
  }
}
