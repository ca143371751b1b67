package org.midonet.agent.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.midonet.packets.IpAddress;
import org.midonet.packets.Ipv4Address;
import org.midonet.packets.Mac;
import org.midonet.topology.NatTarget;

/** State comes, is used, and goes when it was not used for long enough. */
final class LocalStateTest {
  private static final UUID ROUTER = new UUID(1, 2);
  private static final List<NatTarget> TARGETS =
      List.of(
          new NatTarget(
              Ipv4Address.parse("200.0.0.2"), Ipv4Address.parse("200.0.0.2"), 1024, 65535));

  private final LocalState state = new LocalState(StateTimeouts.DEFAULT, NatBlocks.alone());

  private static NatKey snat(int source, int port, String to) {
    return new NatKey(
        NatKey.Kind.SNAT,
        new Ipv4Address(0x0a000000 + source),
        port,
        IpAddress.parse(to),
        80,
        6,
        ROUTER);
  }

  private NatBinding bind(NatKey key, long at) {
    NatBinding binding = Objects.requireNonNull(state.allocate(key, TARGETS));
    state.apply(new Effect.Bind(key, binding), at);
    return binding;
  }

  @Test
  void noTwoConnectionsToOnePlaceShareAPort() {
    SplittableRandom random = new SplittableRandom(1);
    Set<NatBinding> used = new HashSet<>();
    for (int i = 0; i < 5000; i++) {
      NatKey key = snat(i, random.nextInt(65536), "8.8.8.8");
      NatBinding binding = bind(key, 0);
      assertThat(used.add(binding)).isTrue();
      assertThat(binding.port()).isBetween(1024, 65535);
      assertThat(state.binding(key.reverse(binding))).isEqualTo(key.original());
    }
  }

  @Test
  void connectionsToOtherPlacesMayShareAPort() {
    for (int i = 0; i < 200; i++) {
      bind(snat(1, 1000, "8.8.8." + i), 0);
    }
    assertThat(state.portsInUse()).isEqualTo(200);
  }

  @Test
  void aPortGivenOutForNothingIsFreeAgain() {
    state.allocate(snat(1, 1, "8.8.8.8"), TARGETS);
    assertThat(state.portsInUse()).isEqualTo(1);
    state.expire(StateTimeouts.DEFAULT.reserved().toMillis() + 1);
    assertThat(state.portsInUse()).isZero();
  }

  @Test
  void askingAgainGivesTheSamePort() {
    NatKey key = snat(1, 1, "8.8.8.8");
    assertThat(state.allocate(key, TARGETS)).isEqualTo(state.allocate(key, TARGETS));
  }

  @Test
  void whatIsUsedStaysAndTheRestGoesWithItsWayBack() {
    NatKey kept = snat(1, 1, "8.8.8.8");
    NatKey idle = snat(2, 2, "8.8.8.8");
    NatBinding keptBinding = bind(kept, 0);
    NatBinding idleBinding = bind(idle, 0);
    state.touch(kept.reverse(keptBinding), Phase.ACTIVE, 50_000);
    assertThat(state.expire(60_001)).contains(idle);
    assertThat(state.binding(kept)).isEqualTo(keptBinding);
    assertThat(state.binding(idle)).isNull();
    assertThat(state.binding(idle.reverse(idleBinding))).isNull();
    assertThat(state.portsInUse()).isEqualTo(1);
  }

  @Test
  void connectionsThatAreOverGoSoonAndEstablishedOnesStay() {
    ConnectionKey key =
        new ConnectionKey(
            IpAddress.parse("8.8.8.8"), 80, IpAddress.parse("10.0.0.1"), 1, 6, ROUTER);
    state.apply(new Effect.Track(key), 0);
    state.touch(key, Phase.ESTABLISHED, 1000);
    assertThat(state.expire(3_600_000)).isEmpty();
    state.touch(key, Phase.CLOSING, 3_600_000);
    assertThat(state.expire(3_610_001)).containsExactly(key);
  }

  @Test
  void learnedMacsOutliveTheirFlowsALittle() {
    MacKey key = new MacKey(ROUTER, 0, new Mac(5));
    assertThat(state.apply(new Effect.LearnMac(key, ROUTER), 0)).isTrue();
    assertThat(state.apply(new Effect.LearnMac(key, ROUTER), 10)).isFalse();
    state.touch(key, Phase.ACTIVE, 10_000);
    assertThat(state.expire(20_000)).isEmpty();
    assertThat(state.expire(25_001)).containsExactly(key);
  }

  @Test
  void neighboursAreAskedAgainBeforeTheyAreForgotten() {
    NeighbourKey key = new NeighbourKey(ROUTER, IpAddress.parse("10.0.0.1"));
    state.apply(new Effect.LearnNeighbour(key, new Mac(5)), 0);
    assertThat(state.staleNeighbours(59_000)).isEmpty();
    assertThat(state.staleNeighbours(61_000)).containsExactly(key);
    assertThat(state.expire(90_000)).containsExactly(key);
  }

  @Test
  void flowStateCanBeHandedToAPeer() {
    NatKey key = snat(1, 1, "8.8.8.8");
    NatBinding binding = bind(key, 0);
    LocalState peer = new LocalState(StateTimeouts.DEFAULT, NatBlocks.alone());
    state.flowState().forEach(effect -> peer.importState(effect, 0));
    assertThat(peer.binding(key.reverse(binding))).isEqualTo(key.original());
    assertThat(peer.expire(89_000)).isEmpty();
    assertThat(peer.expire(90_000)).isNotEmpty();
  }
}
