package org.midonet.agent.datapath;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.midonet.agent.datapath.ebpf.EbpfDatapath;
import org.midonet.agent.flow.Action;
import org.midonet.agent.flow.Actions;
import org.midonet.agent.flow.Classifier;
import org.midonet.agent.flow.FlowKey;
import org.midonet.agent.flow.Input;
import org.midonet.agent.linux.Link;
import org.midonet.agent.linux.Links;
import org.midonet.agent.linux.NetworkNamespace;
import org.midonet.agent.linux.PacketSocket;

/** One process goes, the next one comes, and packets do not notice. */
@Tag("root")
final class TakeOverIT {
  private static final DatapathConfig CONFIG =
      new DatapathConfig("takeover", 1000, 1 << 16, 0, 0, Optional.empty());

  private final NetworkNamespace host = NetworkNamespace.create();
  private final NetworkNamespace machine = NetworkNamespace.create();

  @AfterEach
  void close() {
    host.run(() -> EbpfDatapath.open(CONFIG).close());
    machine.close();
    host.close();
  }

  @Test
  void packetsGoOnWithoutAProcessAndASuccessorKnowsPortsAndFlows() {
    PacketSocket first = plug("tap1");
    PacketSocket second = plug("tap2");
    FlowKey key = host.call(this::forwardAndLeave);
    first.send(Packets.udp());
    assertThat(receive(second)).isEqualTo(Packets.udp());

    host.run(() -> {
      try (EbpfDatapath successor = EbpfDatapath.open(CONFIG)) {
        first.send(Packets.udp());
        assertThat(receive(second)).isEqualTo(Packets.udp());
        assertThat(successor.ports()).hasSize(2).containsValues("tap1", "tap2");
        List<FlowKey> flows = new ArrayList<>();
        successor.forEach((found, statistics) -> flows.add(found));
        assertThat(flows).containsExactly(key);
        assertThat(successor.counters().hits()).isEqualTo(2);
        successor.remove(flows);
        first.send(Packets.udp());
        List<FlowKey> misses = new ArrayList<>();
        await()
            .until(() -> {
              successor.poll(miss -> misses.add(miss.key()), 100);
              return misses.contains(key);
            });
      }
    });
  }

  @Test
  void closingLeavesNothing() {
    plug("tap1");
    host.run(() -> {
      EbpfDatapath datapath = EbpfDatapath.open(CONFIG);
      datapath.attach("tap1");
      datapath.close();
      try (Links links = new Links()) {
        assertThat(links.list()).extracting(Link::name).containsExactly("lo", "tap1");
      }
      assertThat(tc("qdisc", "show", "dev", "tap1")).doesNotContain("clsact");
    });
    assertThat(Files.exists(Path.of("/sys/fs/bpf/takeover"))).isFalse();
  }

  @Test
  void aDeviceThatLeftMeanwhileIsForgotten() {
    plug("tap1");
    plug("tap2");
    host.call(this::forwardAndLeave);
    host.run(() -> {
      try (Links links = new Links()) {
        links.delete(links.get("tap2").index());
      }
      try (EbpfDatapath successor = EbpfDatapath.open(CONFIG)) {
        assertThat(successor.ports()).hasSize(1).containsValue("tap1");
      }
    });
  }

  @Test
  void aQdiscOfSomebodyElseStaysAndPacketsAreForwardedAllTheSame() {
    PacketSocket first = plug("tap1");
    PacketSocket second = plug("tap2");
    host.run(() -> tc("qdisc", "add", "dev", "tap1", "ingress"));
    host.call(this::forwardAndLeave);
    first.send(Packets.udp());
    assertThat(receive(second)).isEqualTo(Packets.udp());
    host.run(() -> {
      EbpfDatapath successor = EbpfDatapath.open(CONFIG);
      assertThat(successor.ports()).hasSize(2);
      successor.close();
      assertThat(tc("qdisc", "show", "dev", "tap1")).contains("ingress");
    });
  }

  @Test
  void aFilterThatSomebodyElsePutInStays() {
    plug("tap1");
    host.run(() -> {
      EbpfDatapath datapath = EbpfDatapath.open(CONFIG);
      datapath.attach("tap1");
      tc("filter add dev tap1 egress protocol ip u32 match u32 0 0 flowid 1:1".split(" "));
      datapath.close();
      assertThat(tc("filter", "show", "dev", "tap1", "egress")).contains("u32");
      assertThat(tc("filter", "show", "dev", "tap1", "ingress")).doesNotContain("takeover");
    });
  }

  @Test
  void whatAProcessOfOtherLayoutsLeftIsTakenOff() throws IOException {
    plug("tap1");
    plug("tap2");
    host.call(this::forwardAndLeave);
    try (Stream<Path> left = Files.walk(Path.of("/sys/fs/bpf/takeover"))) {
      for (Path path : left.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
    host.run(() -> {
      try (EbpfDatapath successor = EbpfDatapath.open(CONFIG)) {
        assertThat(successor.ports()).isEmpty();
        assertThat(tc("qdisc", "show", "dev", "tap1")).doesNotContain("clsact");
        assertThat(successor.attach("tap1")).isPositive();
      }
    });
  }

  /** Runs tc(8) in this thread's namespace. */
  private static String tc(String... arguments) {
    List<String> command = new ArrayList<>(List.of("tc"));
    command.addAll(List.of(arguments));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(output).isZero();
      return output;
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private FlowKey forwardAndLeave() {
    EbpfDatapath datapath = EbpfDatapath.open(CONFIG);
    int from = datapath.attach("tap1");
    int to = datapath.attach("tap2");
    FlowKey key = requireNonNull(Classifier.classify(new Input.Port(from), Packets.udp())).key();
    // Long enough for a group, which the successor has to know.
    List<Action> actions = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      actions.add(new Action.SetEther(Packets.A, Packets.B));
    }
    actions.add(new Action.Output(to));
    datapath.install(key, new Actions(actions));
    datapath.leave();
    return key;
  }

  private PacketSocket plug(String name) {
    String far = name + "far";
    host.run(() -> {
      try (Links links = new Links()) {
        links.createVeth(name, far);
        links.setUp(links.get(name).index());
        links.move(links.get(far).index(), machine);
      }
    });
    return machine.call(() -> {
      try (Links links = new Links()) {
        int index = links.get(far).index();
        links.setUp(index);
        return new PacketSocket(index, true);
      }
    });
  }

  private static byte[] receive(PacketSocket socket) {
    byte[] frame = requireNonNull(socket.receive(2000), "no frame");
    return frame[6] == 2 && frame[7] == 0 ? frame : receive(socket);
  }
}
