package org.midonet.benchmarks.ports;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.midonet.agent.linux.Link;
import org.midonet.agent.linux.Links;
import org.midonet.benchmarks.api.Load;
import org.midonet.packets.Ipv4Address;
import org.midonet.packets.Mac;
import tools.jackson.databind.JsonNode;

/**
 * Binds many ports on one host, and tells how long it takes until all of them are ACTIVE in Neutron
 * and forward, what memory the program needs then, and how long it takes to stop. {@code
 * benchmarks/ports/run} gives the arguments, and namespaces that end with it; for one thread.
 */
public final class PortsBenchmark {
  private static final double MOST_SECONDS = 10;
  private static final double MOST_MIB = 500;
  private static final double PATIENCE_SECONDS = 120;
  private static final int BINDERS = 4;
  private static final int AT_ONCE = 100;

  private final int count;
  private final Program program;
  private final Load load;
  private final Machines machines = new Machines();
  private final List<Integer> devices = new ArrayList<>();
  private final String network;

  /** What was measured of one way to bind, in seconds and MiB. */
  private record Row(String how, double active, double forward, double memory) {
    boolean isEnough() {
      return active < MOST_SECONDS && forward < MOST_SECONDS && memory < MOST_MIB;
    }
  }

  private PortsBenchmark(int count, Program program) throws IOException, InterruptedException {
    this.count = count;
    this.program = program;
    load = new Load(URI.create("http://127.0.0.1:" + Program.API + "/"), program.pid());
    network = load.network("many", "10.0.0.0/16");
    cables();
  }

  /**
   * Runs it.
   *
   * @param args the source tree, an empty folder, the file of the table, the number of ports
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    int count = Integer.parseInt(args[3]);
    String busy = Files.readString(Path.of("/proc/loadavg")).split(" ", -1)[0];
    List<Row> rows;
    double stopped;
    Program program = new Program(Path.of(args[0]), Path.of(args[1]));
    try {
      rows = new PortsBenchmark(count, program).measure();
    } finally {
      long begun = System.nanoTime();
      program.close();
      stopped = since(begun);
    }
    String table = table(count, busy, rows, stopped);
    System.out.print(table);
    Files.writeString(Path.of(args[2]), table);
    System.exit(rows.stream().allMatch(Row::isEnough) && stopped < MOST_SECONDS ? 0 : 1);
  }

  /** Nothing of them speaks by itself. */
  private void cables() throws IOException {
    Path quiet = Path.of("/proc/sys/net/ipv6/conf/default/disable_ipv6");
    if (Files.exists(quiet)) {
      Files.writeString(quiet, "1");
    }
    try (Links links = new Links()) {
      for (int i = 0; i < count; i++) {
        links.createVeth("tap" + i, "vm" + i);
        Link tap = links.get("tap" + i);
        Link vm = links.get("vm" + i);
        links.setUp(tap.index());
        links.setUp(vm.index());
        devices.add(vm.index());
      }
    }
  }

  private List<Row> measure() throws IOException, InterruptedException {
    List<JsonNode> ports = make(false);
    long begun = System.nanoTime();
    List<Thread> binders = bind(ports);
    Row first = row("by the agent's socket, as mm-ctl does", ports, begun);
    for (Thread binder : binders) {
      binder.join();
    }
    for (JsonNode port : ports) {
      load.delete("/ports/" + port.get("id").stringValue());
    }
    begun = System.nanoTime();
    Row second = row("made with binding:host_id and binding:profile", make(true), begun);
    machines.close();
    return List.of(first, second);
  }

  private List<JsonNode> make(boolean bound) throws IOException, InterruptedException {
    List<JsonNode> ports = new ArrayList<>();
    for (int first = 0; first < count; first += AT_ONCE) {
      String bodies =
          IntStream.range(first, Math.min(first + AT_ONCE, count))
              .mapToObj(i -> body(i, bound))
              .collect(Collectors.joining(", ", "{\"ports\": [", "]}"));
      load.post("/ports", bodies).get("ports").forEach(ports::add);
    }
    return ports;
  }

  private String body(int number, boolean bound) {
    String binding =
        """
        , "binding:host_id": "%s", "binding:profile": {"interface_name": "tap%d"}\
        """
            .formatted(Program.HOST, number);
    return """
    {"network_id": "%s", "name": "m%d", "device_owner": "compute:nova"%s}\
    """
        .formatted(network, number, bound ? binding : "");
  }

  /** As mm-ctl does, from some clients at once. */
  private List<Thread> bind(List<JsonNode> ports) {
    List<Thread> binders = new ArrayList<>();
    for (int first = 0; first < BINDERS; first++) {
      int start = first;
      binders.add(
          Thread.ofPlatform()
              .start(() -> {
                for (int i = start; i < ports.size(); i += BINDERS) {
                  bind(ports.get(i).get("id").stringValue(), "tap" + i);
                }
              }));
    }
    return binders;
  }

  private void bind(String port, String device) {
    String body = "{\"interfaceName\": \"" + device + "\"}";
    String request =
        "PUT /binding/%s HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
            .formatted(port, body.length(), body);
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(program.socket()));
      channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
      ByteBuffer answer = ByteBuffer.allocate(4096);
      channel.read(answer);
      String text = new String(answer.array(), 0, answer.position(), StandardCharsets.UTF_8);
      if (!text.startsWith("HTTP/1.1 20")) {
        System.err.println(text);
      }
    } catch (IOException e) {
      System.err.println(port + " is not bound: " + e.getMessage());
    }
  }

  private Row row(String how, List<JsonNode> ports, long begun)
      throws IOException, InterruptedException {
    List<Machines.Machine> all = new ArrayList<>();
    for (int i = 0; i < ports.size(); i++) {
      JsonNode port = ports.get(i);
      String address = port.get("fixed_ips").get(0).get("ip_address").stringValue();
      Mac mac = Mac.parse(port.get("mac_address").stringValue());
      all.add(new Machines.Machine(devices.get(i), mac, Ipv4Address.parse(address)));
    }
    machines.are(all);
    double active = 0;
    double forward = 0;
    while (active == 0 || forward == 0) {
      machines.ask(all);
      TimeUnit.MILLISECONDS.sleep(100);
      int answered = machines.answered();
      if (forward == 0 && answered == count) {
        forward = since(begun);
      }
      int there = active();
      if (active == 0 && there == count) {
        active = since(begun);
      }
      if (since(begun) > PATIENCE_SECONDS) {
        throw new IOException(
            "after two minutes %d of %d are ACTIVE and %d forward"
                .formatted(there, count, answered));
      }
    }
    return new Row(how, active, forward, load.rss());
  }

  private int active() throws IOException, InterruptedException {
    String path = "/ports?network_id=" + network + "&status=ACTIVE&fields=id";
    return load.get(path).get("ports").size();
  }

  private static double since(long begun) {
    return (System.nanoTime() - begun) / 1e9;
  }

  private static String table(int count, String busy, List<Row> rows, double stopped) {
    String lines =
        rows.stream()
            .map(row ->
                String.format(
                    Locale.ROOT,
                    "| %s | %.1f s | %.1f s | %.0f MiB |",
                    row.how,
                    row.active,
                    row.forward,
                    row.memory))
            .collect(Collectors.joining("\n"));
    return String.format(
        Locale.ROOT,
        """
        # Many ports on one host

        %s, %d processors, load average %s before, %,d ports on one network, each with
        a security group. `benchmarks/ports/run` writes this file. Memory is that of API, cluster, ZooKeeper and agent in one process.

        | how they are bound | all ACTIVE after | all forward after | memory |
        |---|--:|--:|--:|
        %s

        Then the program was stopped, which took %.1f s. Wanted: less than %.0f s each, and less than %.0f MiB.
        """,
        LocalDate.now(ZoneOffset.UTC),
        Runtime.getRuntime().availableProcessors(),
        busy,
        count,
        lines,
        stopped,
        MOST_SECONDS,
        MOST_MIB);
  }
}
