package org.midonet.agent.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.midonet.agent.state.ConnectionKey;
import org.midonet.agent.state.Effect;
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
    assertThat(PeerState.read(PeerState.write(effects))).isEqualTo(effects);
  }

  @Test
  void whatIsCutShortSaysNothing() {
    byte[] frame =
        PeerState.write(
            List.of(new Effect.Track(new ConnectionKey(OUTSIDE, 1, INSIDE, 2, 6, DEVICE))));
    for (int length = 0; length < frame.length; length++) {
      assertThat(PeerState.read(Arrays.copyOf(frame, length))).isEmpty();
    }
  }
}
