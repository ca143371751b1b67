package org.midonet.agent.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.midonet.agent.state.NeighbourKey;
import org.midonet.packets.Ipv4Address;

final class WaitingPacketsTest {
  private static final NeighbourKey NEIGHBOUR =
      new NeighbourKey(UUID.randomUUID(), Ipv4Address.parse("10.0.0.9"));

  private final WaitingPackets<String> waiting = new WaitingPackets<>();
  private int asked;

  @Test
  void theNeighbourIsAskedOnceForAllPackets() {
    add("one", 0);
    add("two", 10);
    assertThat(asked).isEqualTo(1);
    assertThat(waiting.answered(NEIGHBOUR)).containsExactly("one", "two");
    assertThat(waiting.isEmpty()).isTrue();
  }

  @Test
  void whoDoesNotAnswerIsAskedThreeTimesAndGivenUp() {
    add("one", 0);
    assertThat(waiting.due(999)).isEmpty();
    assertThat(asked).isEqualTo(1);
    assertThat(waiting.due(1000)).isEmpty();
    assertThat(waiting.due(2000)).isEmpty();
    assertThat(asked).isEqualTo(3);
    assertThat(waiting.due(3000))
        .containsExactly(new WaitingPackets.Silence<>(NEIGHBOUR, List.of("one")));
    assertThat(waiting.isWaiting(NEIGHBOUR)).isFalse();
  }

  @Test
  void theOldestMakesRoom() {
    for (int i = 1; i <= 20; i++) {
      add("packet " + i, 0);
    }
    assertThat(waiting.answered(NEIGHBOUR)).hasSize(16).startsWith("packet 5");
  }

  @Test
  void whoIsNotWaitedForAnswersInVain() {
    assertThat(waiting.answered(NEIGHBOUR)).isEmpty();
  }

  @Test
  void whoIsNotDueIsNotAsked() {
    for (int i = 0; i < 100; i++) {
      waiting.add(neighbour(i), "packet", () -> asked++, 10L * i);
    }
    asked = 0;
    waiting.due(1095);
    assertThat(asked).isEqualTo(10);
    waiting.due(2095);
    assertThat(asked).isEqualTo(110);
    assertThat(waiting.due(3095)).hasSize(10);
  }

  @Test
  void aScanOfAddressesIsAskedForInPart() {
    for (int i = 0; i < 20_000; i++) {
      waiting.add(neighbour(i), "packet", () -> asked++, 0);
    }
    assertThat(asked).isEqualTo(16_384);
  }

  private static NeighbourKey neighbour(int number) {
    return new NeighbourKey(new UUID(0, 1), new Ipv4Address(0x0a000000 + number));
  }

  private void add(String packet, long now) {
    waiting.add(NEIGHBOUR, packet, () -> asked++, now);
  }
}
