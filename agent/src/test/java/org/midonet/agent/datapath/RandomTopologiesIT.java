package org.midonet.agent.datapath;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.midonet.agent.forward.Forwarding;
import org.midonet.agent.sim.Output;
import org.midonet.agent.sim.Simulation;
import org.midonet.agent.sim.Verdict;
import org.midonet.agent.state.NatBlocks;
import org.midonet.nsdb.StateKey;
import org.midonet.packets.frame.Ethernet;

/**
 * Small networks of all kinds: what the simulation decides about a packet, the kernel and the
 * in-memory twin do alike, for the first packet, the next one, the answer, and one of another size
 * and lifetime.
 *
 * <p>A failure names the seed of its topology, by which {@code -Dtopologies.seed=SEED
 * -Dtopologies=1} runs it again.
 */
@Tag("root")
final class RandomTopologiesIT {
  private static final int TOPOLOGIES = Integer.getInteger("topologies", 300);
  private static final long SEED = Long.getLong("topologies.seed", 7);
  private static final int EXCHANGES = 12;
  private static final int CABLES = 6;

  @TempDir private Path folder;
  private final Map<String, Integer> reached = new TreeMap<>();
  private int sent;
  private int delivered;

  /** A packet that two do not agree about. */
  private static final class Difference extends Exception {
    private static final long serialVersionUID = 1;

    Difference(String message) {
      super(message);
    }
  }

  @Test
  void kernelAndTwinForwardAlikeAndAsWasDecided() throws Exception {
    long begun = System.nanoTime();
    try (TwinBench bench = new TwinBench(CABLES)) {
      for (int i = 0; i < TOPOLOGIES; i++) {
        SmallTopology topology = new SmallTopology(SEED + i, CABLES);
        String difference = null;
        // On a busy machine the kernel may put off a packet beyond a change of flows.
        for (int attempt = 0; attempt < 3 && (attempt == 0 || difference != null); attempt++) {
          difference = run(bench, new SmallTopology(SEED + i, CABLES), SEED + i);
        }
        assertThat(difference)
            .as("-Dtopologies.seed=%d -Dtopologies=1 gives%n%s", SEED + i, topology)
            .isNull();
      }
    }
    System.out.printf(
        "%d topologies, %d packets in and %d out in %.1f s: %s%n",
        TOPOLOGIES, sent, delivered, (System.nanoTime() - begun) / 1e9, reached);
    if (TOPOLOGIES >= 100) {
      assertThat(reached)
          .containsKeys("FORWARD", "DROP", "CONSUMED", "WAIT", "answered by the agent")
          .containsKeys("SetEther", "SetVlan", "PopVlan", "SetIp", "SetPorts", "SetIcmpId")
          .containsKeys("SetDscp", "DecrementTtl", "Arp", "Octets", "Ipv4Packet", "Ipv6Packet")
          .containsKeys("large Ipv4Packet", "large Ipv6Packet");
    }
  }

  private @Nullable String run(TwinBench bench, SmallTopology topology, long seed)
      throws IOException {
    Path file = Files.createTempFile(folder, "state", "");
    Files.delete(file);
    Forwarding.Settings settings =
        new Forwarding.Settings(1000, 1500, 1550, "", NatBlocks.alone(), file, null);
    try (Forwarding forwarding =
        Forwarding.start(topology.nsdb, SmallTopology.HOST, bench.both(), settings)) {
      for (int i = 0; i < topology.machines.size(); i++) {
        SmallTopology.Machine machine = topology.machines.get(i);
        forwarding.attach(machine.port(), "m" + i, machine.mtu());
        topology.nsdb.publish(StateKey.active(machine.port()), SmallTopology.HOST, "");
      }
      new Exchanges(bench, topology, forwarding, new SplittableRandom(~seed)).run();
      return null;
    } catch (Difference e) {
      return e.getMessage();
    } finally {
      bench.both().removeAll();
      bench.forget();
    }
  }

  /** What machines say to each other in one topology. */
  private final class Exchanges {
    private final TwinBench bench;
    private final SmallTopology topology;
    private final Forwarding forwarding;
    private final SmallPackets packets;

    Exchanges(
        TwinBench bench, SmallTopology topology, Forwarding forwarding, SplittableRandom random) {
      this.bench = bench;
      this.topology = topology;
      this.forwarding = forwarding;
      this.packets = new SmallPackets(random, topology.machines, topology.wholeMtu());
    }

    void run() throws Difference {
      for (int i = 0; i < EXCHANGES; i++) {
        exchange(packets.next());
      }
    }

    private void exchange(SmallPackets.Sent packet) throws Difference {
      List<TwinBench.Received> first = send("first", packet);
      for (TwinBench.Received got : first) {
        answer("answer", got);
      }
      List<TwinBench.Received> second = send("second", packet);
      if (!second.isEmpty()) {
        answer("second answer", second.getFirst());
        send("another", packets.another(packet));
      }
    }

    private void answer(String what, TwinBench.Received got) throws Difference {
      Ethernet frame = Ethernet.parse(got.frame());
      Ethernet answer = frame == null ? null : packets.answer(frame);
      if (answer != null) {
        send(what, new SmallPackets.Sent(got.cable(), answer, 0, false));
      }
    }

    private List<TwinBench.Received> send(String what, SmallPackets.Sent packet) throws Difference {
      SmallTopology.Machine machine = topology.machines.get(packet.cable());
      Verdict verdict =
          forwarding
              .simulation()
              .decide(Simulation.Input.of(packet.frame(), machine.port()).traced());
      TwinBench.Fate fate = bench.send(packet);
      sent++;
      note(packet, verdict);
      delivered += fate.memory().size();
      List<String> problems = new ArrayList<>(fate.problems());
      if (!TwinBench.text(fate.memory()).equals(TwinBench.text(fate.kernel()))) {
        problems.add("out of the twin " + TwinBench.text(fate.memory()));
        problems.add("out of the kernel " + TwinBench.text(fate.kernel()));
      }
      List<String> decided = decided(packet.frame(), verdict);
      if (decided != null
          && !what.equals("first")
          && !decided.equals(TwinBench.text(fate.memory()))) {
        problems.add("decided was " + decided);
        problems.add("out came " + TwinBench.text(fate.memory()));
      }
      if (!problems.isEmpty()) {
        problems.add(0, what + " packet " + packet);
        problems.add("by " + verdict);
        throw new Difference(String.join("\n", problems));
      }
      return fate.memory();
    }

    private void note(SmallPackets.Sent packet, Verdict verdict) {
      reached.merge(verdict.kind().toString(), 1, Integer::sum);
      if (!verdict.generated().isEmpty()) {
        reached.merge("answered by the agent", 1, Integer::sum);
      }
      if (verdict.kind() == Verdict.Kind.FORWARD) {
        verdict.outputs().stream()
            .flatMap(output -> output.actions().stream())
            .map(action -> action.getClass().getSimpleName())
            .distinct()
            .forEach(action -> reached.merge(action, 1, Integer::sum));
        String version = packet.frame().payload().getClass().getSimpleName();
        reached.merge(packet.segmentSize() > 0 ? "large " + version : version, 1, Integer::sum);
      }
    }

    /** What is to come out; null where it does not follow from the verdict alone. */
    private @Nullable List<String> decided(Ethernet frame, Verdict verdict) {
      boolean plain = verdict.kind() == Verdict.Kind.FORWARD && verdict.generated().isEmpty();
      if (!plain || !topology.wholeMtu()) {
        return null;
      }
      List<TwinBench.Received> out = new ArrayList<>();
      for (Output output : verdict.outputs()) {
        int cable = cable(output);
        out.add(new TwinBench.Received(cable, output.rewrite().apply(frame).toBytes()));
      }
      return TwinBench.text(out);
    }

    private int cable(Output output) {
      for (int i = 0; i < topology.machines.size(); i++) {
        if (topology.machines.get(i).port().equals(output.port())) {
          return i;
        }
      }
      return -1;
    }
  }
}
