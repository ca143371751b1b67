package org.midonet.app.demo;

import com.sun.net.httpserver.HttpServer;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * What the program does, in some twenty lines of output: each shows a command in a machine, and
 * whether it came out as it should. Not to be shared between threads.
 */
public final class Demo {
  private static final String RED = "11111111111111111111111111111111";
  private static final String BLUE = "22222222222222222222222222222222";
  private static final int WEB = 80;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final PrintWriter out;
  private boolean asExpected = true;

  private Demo(PrintWriter out) {
    this.out = out;
  }

  /**
   * Runs it against a server and the agent of this host.
   *
   * @param port of the Networking API
   * @param socket of the agent
   * @return whether all came out as it should
   * @throws IllegalStateException if a tool is missing, or the server refuses something
   */
  public static boolean run(PrintWriter out, int port, Path socket) {
    String missing = Machine.missingTool();
    if (missing != null) {
      throw new IllegalStateException("the machines of the demo need " + missing);
    }
    Demo demo = new Demo(out);
    try (Api api = new Api(port);
        Cloud cloud = new Cloud(api, socket)) {
      demo.show(cloud);
    }
    return demo.asExpected;
  }

  private void show(Cloud cloud) {
    Cloud.Network world = cloud.external(RED, "world", "172.24.4");
    Cloud.Network front = cloud.network(RED, "red-front", "10.0.1");
    Cloud.Network back = cloud.network(RED, "red-back", "10.0.2");
    cloud.router(RED, "red-router", world, front, back);
    Cloud.Network other = cloud.network(BLUE, "blue", "10.0.1");
    title(
        "Made: project red with two networks behind a router, project blue with the same addresses");

    Machine web = cloud.machine(RED, "web", front);
    Machine client = cloud.machine(RED, "client", front);
    Machine data = cloud.machine(RED, "data", back);
    Machine stranger = cloud.machineAt(BLUE, "stranger", other, "10.0.1.250");
    Machine outside = cloud.outside(RED, "outside", world, "172.24.4.1");
    cloud.awaitActive(RED);
    title(
        "Plugged: %s; Neutron shows their ports as ACTIVE"
            .formatted(names(web, client, data, stranger, outside)));

    title("Within a network, through the router, and out with source NAT");
    ping(client, web.address(), true);
    ping(client, data.address(), true);
    ping(client, outside.address(), true);

    title("Another project's machine reaches none of them, though they have its subnet");
    ping(stranger, web.address(), false);

    try (HttpServerInMachine _ = new HttpServerInMachine(web)) {
      String floating = cloud.floatingIp(RED, world, web);
      title("web gets the floating IP " + floating + "; its security group lets nobody in yet");
      curl(outside, floating, false);
      out.println(indented(cloud.trace(outside, floating, WEB)));

      long begun = System.nanoTime();
      String rule = cloud.allow(RED, WEB);
      title(
          "A rule for TCP port 80 is added; after %s it is in force"
              .formatted(until(true, outside, floating, begun)));
      curl(outside, floating, true);

      begun = System.nanoTime();
      cloud.removeRule(RED, rule);
      title(
          "The rule is deleted; after %s it is gone"
              .formatted(until(false, outside, floating, begun)));
      curl(outside, floating, false);
    }
    title(asExpected ? "All as it should be. Cleaning up." : "Something is not as it should be.");
  }

  private static String names(Machine... machines) {
    return String.join(", ", Arrays.stream(machines).map(Machine::name).toList());
  }

  /** How long it takes until a web server can, or cannot, be reached. */
  private static String until(boolean reached, Machine from, String address, long begun) {
    long deadline = begun + PATIENCE.toNanos();
    while (from.run("curl", "-s", "-m", "0.2", "http://" + address).succeeded() != reached) {
      if (System.nanoTime() > deadline) {
        return "not even " + PATIENCE.toSeconds() + " s";
      }
    }
    return (System.nanoTime() - begun) / 1_000_000 + " ms";
  }

  private void ping(Machine from, String to, boolean expected) {
    tell(from, expected, "ping", "-c", "1", "-W", "1", to);
  }

  private void curl(Machine from, String to, boolean expected) {
    tell(from, expected, "curl", "-sS", "-m", "1", "http://" + to);
  }

  private void tell(Machine from, boolean expected, String... command) {
    Machine.Said said = from.run(command);
    asExpected &= said.succeeded() == expected;
    out.printf(
        "  %-8s $ %-40s %s%n",
        from.name(),
        String.join(" ", command),
        said.succeeded()
            ? telling(said.text())
            : "no answer" + (expected ? "  <-- unexpected" : ""));
  }

  /** The line of ping that has the time, else the first. */
  private static String telling(String text) {
    List<String> lines = text.lines().toList();
    return lines.stream()
        .filter(line -> line.contains("time="))
        .findFirst()
        .orElse(lines.isEmpty() ? "" : lines.getFirst());
  }

  private static String indented(String text) {
    return "  midonet trace says:\n    " + text.strip().replace("\n", "\n    ");
  }

  private void title(String text) {
    out.println();
    out.println(text);
  }

  /** A web server that listens in a machine. */
  private static final class HttpServerInMachine implements AutoCloseable {
    private final HttpServer server;

    HttpServerInMachine(Machine machine) {
      server = machine.namespace().call(() -> HttpServer.create(new InetSocketAddress(WEB), 0));
      byte[] hello = "Hello from web\n".getBytes(StandardCharsets.UTF_8);
      server.createContext(
          "/",
          exchange -> {
            try (exchange) {
              exchange.sendResponseHeaders(200, hello.length);
              exchange.getResponseBody().write(hello);
            }
          });
      server.start();
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }
}
