package org.midonet.agent.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.midonet.agent.state.ConnectionKey;
import org.midonet.agent.state.Effect;
import org.midonet.agent.state.FlowState;
import org.midonet.agent.state.NatBinding;
import org.midonet.agent.state.NatKey;
import org.midonet.packets.Ipv4Address;
import org.midonet.packets.Ipv6Address;

final class PeerStateTest {
  private static final UUID DEVICE = UUID.randomUUID();
  private static final Ipv4Address INSIDE = Ipv4Address.parse("10.0.0.5");
  private static final Ipv4Address OUTSIDE = Ipv4Address.parse("198.51.100.7");

  @Test
  void aPeerReadsWhatWasWritten() {
    List<Effect> effects =
        List.of(
            new Effect.Track(new ConnectionKey(OUTSIDE, 65_535, INSIDE, 0, 6, DEVICE)),
            new Effect.Track(
                new ConnectionKey(
                    Ipv6Address.parse("2001:db8::1"),
                    80,
                    Ipv6Address.parse("2001:db8::2"),
                    40_000,
                    17,
                    DEVICE)),
            new Effect.Bind(
                new NatKey(NatKey.Kind.SNAT, INSIDE, 40_000, OUTSIDE, 443, 6, DEVICE),
                new NatBinding(Ipv4Address.parse("172.24.4.9"), 61_000)));
    FlowState known = new FlowState(effects, Set.of(DEVICE, new UUID(0, 7)));
    assertThat(PeerState.write(known)).hasSize(1);
    assertThat(PeerState.read(PeerState.write(known).getFirst())).isEqualTo(known);
  }

  @Test
  void muchIsToldInFramesThatFitTheOverlay() {
    List<Effect> effects = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      effects.add(track(i));
    }
    List<Effect> read = new ArrayList<>();
    for (byte[] frame : PeerState.write(new FlowState(effects, Set.of(DEVICE)))) {
      assertThat(frame.length).isLessThanOrEqualTo(1400);
      read.addAll(PeerState.read(frame).effects());
    }
    assertThat(read).isEqualTo(effects);
  }

  @Test
  void damageIsAnIoException() {
    byte[] good =
        FlowStateCodec.encode(
            new FlowState(
                List.of(
                    track(1),
                    new Effect.Bind(
                        new NatKey(NatKey.Kind.SNAT, INSIDE, 40_000, OUTSIDE, 443, 6, DEVICE),
                        new NatBinding(Ipv4Address.parse("172.24.4.9"), 61_000))),
                Set.of(DEVICE)));
    SplittableRandom random = new SplittableRandom(11);
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] bad = Arrays.copyOf(good, random.nextInt(good.length + 1));
      for (int j = random.nextInt(1, 6); j > 0 && bad.length > 0; j--) {
        bad[random.nextInt(bad.length)] = (byte) random.nextInt();
      }
      try {
        FlowStateCodec.decode(bad);
      } catch (IOException e) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(10_000);
  }

  @Test
  void whatIsCutShortSaysNothing() {
    byte[] frame = PeerState.write(new FlowState(List.of(track(1)), Set.of(DEVICE))).getFirst();
    for (int length = 0; length < frame.length; length++) {
      assertThat(PeerState.read(Arrays.copyOf(frame, length)).effects()).isEmpty();
    }
  }

  private static Effect track(int port) {
    return new Effect.Track(new ConnectionKey(OUTSIDE, port, INSIDE, 2, 6, DEVICE));
  }
}
