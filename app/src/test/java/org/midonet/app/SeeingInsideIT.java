package org.midonet.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that look into an agent, while machines talk over it. */
@Tag("root")
final class SeeingInsideIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path folder;
  private PluggedHost host;
  private PluggedHost.Machine web;
  private PluggedHost.Machine client;

  @BeforeEach
  void start() throws IOException {
    host = new PluggedHost(folder, Map.of());
    host.startAgent();
    String network = host.network();
    web = machine("web", network);
    client = machine("client", network);
    await().atMost(PATIENCE).until(() -> PluggedHost.ping(client, web, 1).startsWith("0:"));
  }

  private PluggedHost.Machine machine(String name, String network) {
    PluggedHost.Machine machine = host.machine(name, network);
    host.bind(machine);
    await().atMost(PATIENCE).until(() -> host.status(machine).equals("ACTIVE"));
    return machine;
  }

  @AfterEach
  void stop() throws IOException {
    host.close();
  }

  @Test
  void flowsAreListedByNamesOfNeutron() {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> {
          PluggedHost.ping(client, web, 2);
          assertThat(midonet("flows", "--port", "client"))
              .contains(
                  "icmp type 8 %s > %s from port client (%s)"
                      .formatted(client.address(), web.address(), client.port()),
                  "to port web (" + web.port() + ") on network net");
        });
    assertThat(midonet("flows", "--address", web.address(), "--limit", "1", "--json"))
        .startsWith("{\"from\":{\"port\":");
    assertThat(midonet("flows", "--port", "nobody")).isEqualTo("There is no such flow.\n");
  }

  @Test
  void topShowsTheMachinesThatTalk() {
    CompletableFuture<String> talking =
        CompletableFuture.supplyAsync(() -> PluggedHost.ping(client, web, 20));
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> {
          String top = midonet("top", "--once", "--interval", "1");
          assertThat(top.lines()).allMatch(line -> line.length() <= 80);
          assertThat(top)
              .containsPattern("icmp type 8 " + client.address() + " > " + web.address());
          assertThat(top).contains("client (" + client.device() + ")");
        });
    assertThat(talking.join()).startsWith("0:");
  }

  @Test
  void realPacketsAreFollowedAndGoOn() {
    CompletableFuture<String> talking =
        CompletableFuture.supplyAsync(() -> PluggedHost.ping(client, web, 15));
    String live =
        midonet(
            "trace",
            "--live",
            "--from",
            client.port().toString(),
            "--to",
            web.address(),
            "--icmp",
            "--limit",
            "3");
    assertThat(live)
        .contains(" packet 1, 98 octets: icmp type 8 " + client.address() + " > " + web.address())
        .contains(" packet 3, ")
        .contains("enters port client (" + client.port() + ")")
        .contains("delivered to port web (" + web.port() + ")");
    assertThat(talking.join()).contains(" 0% packet loss");
  }

  @Test
  void aTraceOfWhatDoesNotComeEndsInTime() {
    assertThat(
            midonet(
                "trace", "--live", "--to", "192.0.2.77", "--tcp", "80", "--seconds", "1", "--json"))
        .isEmpty();
  }

  /** Bulk traffic goes on at its pace after the trace has seen enough of it. */
  @Test
  void aFloodIsFollowedWithinTheLimit() {
    CompletableFuture<String> live =
        CompletableFuture.supplyAsync(() ->
            midonet("trace", "--live", "--from", client.port().toString(), "--limit", "2000"));
    await()
        .atMost(PATIENCE)
        .until(() -> midonet("top", "--json", "--interval", "0.1").contains("\"live_traces\":1"));

    String flood =
        PluggedHost.run(client, Map.of(), List.of("ping", "-q", "-f", "-c", "4000", web.address()));

    assertThat(flood).contains("4000 packets transmitted").contains(" 0% packet loss");
    assertThat(live.join()).contains(" packet 1, ");
  }

  private String midonet(String... arguments) {
    StringBuilder out = new StringBuilder();
    StringBuilder err = new StringBuilder();
    String[] all = new String[arguments.length + 2];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    all[arguments.length] = "--socket";
    all[arguments.length + 1] = host.socket().toString();
    assertThat(Main.execute(out, err, all)).as("%s%n%s", out, err).isZero();
    return out.toString();
  }
}
