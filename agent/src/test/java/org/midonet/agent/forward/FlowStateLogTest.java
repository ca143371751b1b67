package org.midonet.agent.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.midonet.agent.state.ConnectionKey;
import org.midonet.agent.state.Effect;
import org.midonet.agent.state.FlowState;
import org.midonet.agent.state.NatBinding;
import org.midonet.agent.state.NatKey;
import org.midonet.packets.Ipv4Address;

final class FlowStateLogTest {
  private static final Duration LONGEST = Duration.ofSeconds(90);
  private static final UUID BOOT = UUID.randomUUID();
  private static final FlowState ONE = connection(1);
  private static final FlowState TWO = connection(2);

  @TempDir private Path folder;
  private long now = 1_000_000;

  @Test
  void theNextAgentKnowsWhatThisOneNoted() {
    FlowStateLog log = open(1 << 20, ONE);
    log.add(TWO);
    log.flush();
    assertThat(FlowStateLog.read(file(), LONGEST, clock(BOOT))).containsExactly(ONE, TWO);
    log.close();
  }

  @Test
  void theClockOfTheHostIsReadByEveryAgent() {
    FlowStateLog.open(file(), () -> List.of(ONE)).close();
    assertThat(FlowStateLog.read(file(), LONGEST)).containsExactly(ONE);
  }

  @Test
  void whatIsOldIsNotBelieved() {
    FlowStateLog log = open(1 << 20, ONE);
    now += 60_000;
    log.touch();
    log.flush();
    now += 90_000;
    assertThat(FlowStateLog.read(file(), LONGEST, clock(BOOT))).containsExactly(ONE);
    now++;
    assertThat(FlowStateLog.read(file(), LONGEST, clock(BOOT))).isEmpty();
    log.close();
  }

  @Test
  void connectionsEndWithTheHost() {
    open(1 << 20, ONE).close();
    assertThat(FlowStateLog.read(file(), LONGEST, clock(UUID.randomUUID()))).isEmpty();
  }

  @Test
  void aRecordThatWasCutShortIsTheOnlyOneLost() throws IOException {
    open(1 << 20, ONE, TWO).close();
    byte[] bytes = Files.readAllBytes(file());
    Files.write(file(), Arrays.copyOf(bytes, bytes.length - 1));
    assertThat(FlowStateLog.read(file(), LONGEST, clock(BOOT))).containsExactly(ONE);
  }

  @Test
  void withoutAFileNothingIsKnown() {
    assertThat(FlowStateLog.read(file(), LONGEST, clock(BOOT))).isEmpty();
  }

  @Test
  void damageNeverStopsTheAgentNorMakesAConnection() throws IOException {
    List<FlowState> all = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      all.add(i % 2 == 0 ? connection(i) : translation(i));
    }
    open(1 << 20, all.toArray(FlowState[]::new)).close();
    byte[] good = Files.readAllBytes(file());
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 200; i++) {
      byte[] bad = good.clone();
      for (int j = random.nextInt(1, 10); j > 0; j--) {
        bad[random.nextInt(bad.length)] = (byte) random.nextInt();
      }
      Files.write(file(), Arrays.copyOf(bad, random.nextInt(bad.length + 1)));
      assertThat(all).containsAll(FlowStateLog.read(file(), LONGEST, clock(BOOT)));
    }
  }

  @Test
  void theFileIsWrittenAnewWhenItHasDoubledAndNoSooner() throws IOException {
    List<FlowState> known = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      known.add(connection(i));
    }
    FlowStateLog log = open(100, known.toArray(FlowState[]::new));
    long begun = Files.size(file());
    for (int i = 0; i < 99; i++) {
      log.add(connection(i));
    }
    log.flush();
    assertThat(Files.size(file())).isGreaterThan(begun + begun / 2);
    log.add(ONE);
    log.add(ONE);
    assertThat(Files.size(file())).isEqualTo(begun);
    log.close();
  }

  @Test
  void aFileThatCannotBeWrittenIsTriedAgain() throws IOException {
    Files.createDirectory(folder.resolve("flow-state.new"));
    FlowStateLog log = open(1 << 20, ONE);
    log.add(TWO);
    log.flush();
    log.touch();
    assertThat(file()).doesNotExist();
    Files.deleteIfExists(folder.resolve("flow-state.new"));
    for (int i = 0; i < 10; i++) {
      log.touch();
    }
    assertThat(FlowStateLog.read(file(), LONGEST, clock(BOOT))).containsExactly(ONE);
    log.close();
  }

  private FlowStateLog open(long mostBytes, FlowState... known) {
    return FlowStateLog.open(file(), () -> List.of(known), clock(BOOT), mostBytes);
  }

  private HostClock clock(UUID boot) {
    return new HostClock(boot, () -> now);
  }

  private Path file() {
    return folder.resolve("flow-state");
  }

  private static FlowState connection(int port) {
    return new FlowState(
        List.of(
            new Effect.Track(
                new ConnectionKey(
                    Ipv4Address.parse("10.0.0.1"),
                    port,
                    Ipv4Address.parse("10.0.0.2"),
                    port,
                    6,
                    new UUID(0, 1)))),
        Set.of(new UUID(0, port)));
  }

  private static FlowState translation(int port) {
    NatKey key =
        new NatKey(
            NatKey.Kind.SNAT,
            Ipv4Address.parse("10.0.0.1"),
            port,
            Ipv4Address.parse("10.0.0.2"),
            port,
            6,
            new UUID(0, 1));
    NatBinding binding = new NatBinding(Ipv4Address.parse("192.0.2.1"), 1024 + port);
    return new FlowState(List.of(new Effect.Bind(key, binding)), Set.of());
  }
}
