package org.midonet.app.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.midonet.agent.sim.Simulation;
import org.midonet.agent.sim.SimulationSettings;
import org.midonet.agent.sim.Verdict;
import org.midonet.agent.sim.VirtualTopology;
import org.midonet.agent.state.LocalState;
import org.midonet.agent.state.NatBlocks;
import org.midonet.agent.state.StateTimeouts;
import org.midonet.packets.frame.Ethernet;

final class PacketRehearsalTest {
  private final SmallCloud cloud = new SmallCloud();
  private final Simulation simulation =
      new Simulation(
          VirtualTopology.of(cloud.nsdb().topology()),
          new LocalState(StateTimeouts.DEFAULT, NatBlocks.alone()),
          SimulationSettings.DEFAULT);

  @ParameterizedTest
  @EnumSource
  void everyWayLeadsToAMachineAndBack(Way way) {
    Ethernet frame = parsed(cloud.first(way, 7));
    Verdict verdict = simulation.decide(Simulation.Input.of(frame, cloud.entry(way)));
    assertThat(verdict.kind()).isEqualTo(Verdict.Kind.FORWARD);
    assertThat(verdict.outputs()).hasSize(1);
    assertThat(cloud.ports()).contains(verdict.outputs().getFirst().port());
    assertThat(simulation.reply(frame, verdict)).isNotNull();
  }

  @Test
  void whatAMachineSaysBesidesIsAnswered() {
    List<byte[]> said = cloud.talk(1);
    assertThat(said)
        .allSatisfy(frame -> {
          Simulation.Input input = Simulation.Input.of(parsed(frame), cloud.talker());
          Verdict verdict = simulation.decide(input);
          assertThat(verdict.generated()).hasSize(1);
        });
  }

  private static Ethernet parsed(byte[] octets) {
    return Objects.requireNonNull(Ethernet.parse(octets));
  }

  @Test
  void aRehearsalEnds(@TempDir Path folder) {
    new PacketRehearsal(folder.resolve("flow-state")).run();
    assertThat(folder.resolve("flow-state")).exists();
  }
}
