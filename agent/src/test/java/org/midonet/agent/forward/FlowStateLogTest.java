package org.midonet.agent.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.midonet.agent.state.ConnectionKey;
import org.midonet.agent.state.Effect;
import org.midonet.packets.Ipv4Address;

final class FlowStateLogTest {
  private static final Duration LONGEST = Duration.ofSeconds(90);
  private static final Effect ONE = connection(1);
  private static final Effect TWO = connection(2);

  @TempDir private Path folder;

  @Test
  void theNextAgentKnowsWhatThisOneNoted() {
    FlowStateLog log = FlowStateLog.open(file(), () -> List.of(ONE));
    log.add(TWO);
    log.flush();
    assertThat(FlowStateLog.read(file(), LONGEST)).containsExactly(ONE, TWO);
    log.close();
  }

  @Test
  void whatIsOldIsNotBelieved() throws IOException {
    FlowStateLog.open(file(), () -> List.of(ONE)).close();
    Files.setLastModifiedTime(file(), FileTime.from(Instant.now().minusSeconds(91)));
    assertThat(FlowStateLog.read(file(), LONGEST)).isEmpty();
  }

  @Test
  void aRecordThatWasCutShortIsTheOnlyOneLost() throws IOException {
    FlowStateLog.open(file(), () -> List.of(ONE, TWO)).close();
    byte[] bytes = Files.readAllBytes(file());
    Files.write(file(), Arrays.copyOf(bytes, bytes.length - 1));
    assertThat(FlowStateLog.read(file(), LONGEST)).containsExactly(ONE);
  }

  @Test
  void withoutAFileNothingIsKnown() {
    assertThat(FlowStateLog.read(file(), LONGEST)).isEmpty();
  }

  private Path file() {
    return folder.resolve("flow-state");
  }

  private static Effect connection(int port) {
    return new Effect.Track(
        new ConnectionKey(
            Ipv4Address.parse("10.0.0.1"),
            port,
            Ipv4Address.parse("10.0.0.2"),
            port,
            6,
            new UUID(0, 1)));
  }
}
