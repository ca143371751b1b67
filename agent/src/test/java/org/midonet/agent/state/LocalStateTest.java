package org.midonet.agent.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
  void whatIsUsedWhileOthersGoStays() {
    Effect first = track(1);
    Effect second = track(2);
    Effect third = track(3);
    for (Effect each : List.of(first, second, third)) {
      state.apply(each, 0);
    }
    assertThat(state.expireSome(60_001, 1)).containsExactly(first.changed());
    state.touch(second.changed(), Phase.ACTIVE, 60_001);
    assertThat(state.expireSome(60_001, 1)).containsExactly(third.changed());
    assertThat(state.expireSome(60_001, 1)).isEmpty();
    assertThat(state.expire(120_001)).containsExactly(second.changed());
  }

  @Test
  void connectionsThatAreOverGoSoonAndEstablishedOnesStay() {
    ConnectionKey key =
        new ConnectionKey(
            IpAddress.parse("8.8.8.8"), 80, IpAddress.parse("10.0.0.1"), 1, 6, ROUTER);
    state.apply(new Effect.Track(key), 0);
    state.touch(key, Phase.ESTABLISHED, 1000);
    assertThat(state.expire(3_600_000)).isEmpty();
    state.touch(key, Phase.CLOSED, 3_600_000);
    assertThat(state.expire(3_610_001)).containsExactly(key);
  }

  @Test
  void aConnectionThatOneSideEndedStaysForFourMinutesAfterItsLastPacket() {
    Effect track = track(80);
    StateKey key = track.changed();
    state.apply(track, 0);
    state.touch(key, Phase.ESTABLISHED, 1000);
    state.touch(key, Phase.HALF_CLOSED, 2000);
    state.touch(key, Phase.HALF_CLOSED, 200_000);
    assertThat(state.expire(439_999)).isEmpty();
    assertThat(state.expire(441_000)).containsExactly(key);
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
    state
        .flowState()
        .forEach(known -> known.effects().forEach(effect -> peer.importState(effect, 0)));
    assertThat(peer.binding(key.reverse(binding))).isEqualTo(key.original());
    assertThat(peer.expire(89_000)).isEmpty();
    assertThat(peer.expire(90_000)).isNotEmpty();
  }

  @Test
  void aNeighbourThatAnswersIsAskedAgainLater() {
    NeighbourKey key = new NeighbourKey(ROUTER, IpAddress.parse("10.0.0.1"));
    state.apply(new Effect.LearnNeighbour(key, new Mac(5)), 0);
    assertThat(state.staleNeighbours(60_000)).containsExactly(key);
    assertThat(state.staleNeighbours(61_000)).containsExactly(key);
    state.apply(new Effect.LearnNeighbour(key, new Mac(5)), 61_500);
    assertThat(state.staleNeighbours(121_000)).isEmpty();
    assertThat(state.expire(121_000)).isEmpty();
    assertThat(state.staleNeighbours(122_000)).containsExactly(key);
  }

  @Test
  void aPortHasItsShareAndOthersHaveTheirs() {
    LocalState small =
        new LocalState(StateTimeouts.DEFAULT, NatBlocks.alone(), new StateLimits(100, 10, 100, 5));
    UUID greedy = UUID.randomUUID();
    UUID modest = UUID.randomUUID();
    for (int i = 0; i < 20; i++) {
      Effect track = track(i);
      if (small.hasRoom(track, greedy)) {
        assertThat(small.apply(track, from(greedy), 0)).isTrue();
      }
      small.apply(mac(i), from(greedy), 0);
    }
    assertThat(small.size()).isEqualTo(15);
    assertThat(small.refused()).isEqualTo(new Refused(10, 15));
    assertThat(small.hasRoom(track(3), greedy)).isTrue();
    assertThat(small.hasRoom(track(100), modest)).isTrue();
    assertThat(small.apply(mac(100), from(modest), 0)).isTrue();
    assertThat(small.expire(60_000)).hasSize(16);
    assertThat(small.hasRoom(track(200), greedy)).isTrue();
  }

  @Test
  void allTogetherHaveALimitToo() {
    LocalState small =
        new LocalState(StateTimeouts.DEFAULT, NatBlocks.alone(), new StateLimits(10, 10, 10, 10));
    for (int i = 0; i < 20; i++) {
      small.importState(track(i), 0);
      small.apply(mac(i), from(UUID.randomUUID()), 0);
    }
    assertThat(small.size()).isEqualTo(20);
    assertThat(small.refused()).isEqualTo(new Refused(10, 10));
  }

  @Test
  void connectionsThatAreOverMakeRoomForOthersOfTheirPort() {
    LocalState small =
        new LocalState(StateTimeouts.DEFAULT, NatBlocks.alone(), new StateLimits(100, 3, 100, 5));
    UUID busy = UUID.randomUUID();
    for (int i = 0; i < 3; i++) {
      small.apply(track(i), from(busy), 0);
    }
    assertThat(small.makeRoom(track(3), busy)).isEmpty();
    small.touch(track(1).changed(), Phase.CLOSED, 1000);
    small.touch(track(2).changed(), Phase.CLOSED, 1000);
    small.touch(track(2).changed(), Phase.ESTABLISHED, 2000);

    assertThat(small.makeRoom(track(0), busy)).isEmpty();
    assertThat(small.makeRoom(track(3), UUID.randomUUID())).isEmpty();
    assertThat(small.makeRoom(track(3), busy)).containsExactly(track(1).changed());
    assertThat(small.hasRoom(track(3), busy)).isTrue();
    assertThat(small.apply(track(3), from(busy), 2000)).isTrue();
    assertThat(small.makeRoom(track(4), busy)).isEmpty();
  }

  @Test
  void whatAMachineAnnouncedGoesWithItsPort() {
    UUID port = UUID.randomUUID();
    NeighbourKey own = new NeighbourKey(ROUTER, IpAddress.parse("10.0.0.1"));
    NeighbourKey others = new NeighbourKey(ROUTER, IpAddress.parse("10.0.0.2"));
    state.apply(new Effect.LearnAnnounced(own, new Mac(5)), from(port), 0);
    state.apply(new Effect.LearnAnnounced(others, new Mac(5)), from(port), 0);
    state.apply(new Effect.LearnAnnounced(others, new Mac(6)), from(UUID.randomUUID()), 0);
    assertThat(state.expire(1_000_000_000)).isEmpty();
    assertThat(state.forgetAnnounced(port)).containsExactly(own);
    assertThat(state.neighbour(own)).isNull();
    assertThat(state.neighbour(others)).isEqualTo(new Mac(6));
  }

  @Test
  void peersAreToldAgainSoonAndThenNowAndThen() {
    Duration interval = Duration.ofSeconds(30);
    NatKey key = snat(1, 1, "8.8.8.8");
    NatBinding binding = bind(key, 0);
    Effect bind = new Effect.Bind(key, binding);
    assertThat(state.retell(key, 400, interval)).isNull();
    assertThat(state.retell(key.reverse(binding), 500, interval))
        .isEqualTo(new FlowState(List.of(bind), Set.of()));
    assertThat(state.retell(key, 30_000, interval)).isNull();
    assertThat(state.retell(key, 30_500, interval)).isNotNull();
  }

  @Test
  void theStateOfAPortIsThatOfConnectionsByIt() {
    UUID one = UUID.randomUUID();
    UUID two = UUID.randomUUID();
    state.apply(track(1), new Origin(one, Set.of(one, two)), 0);
    state.apply(track(2), new Origin(one, Set.of(one)), 0);
    assertThat(state.flowStateOf(Set.of(two)))
        .containsExactly(new FlowState(List.of(track(1)), Set.of(one, two)));
  }

  /** As a plain search of everything would, whatever is touched in between. */
  @Test
  void whatExpiresIsWhatASearchOfAllWouldFind() {
    SplittableRandom random = new SplittableRandom(3);
    Map<StateKey, Long> expected = new HashMap<>();
    long now = 0;
    for (int i = 0; i < 5000; i++) {
      now += random.nextInt(300);
      Effect effect = track(random.nextInt(200));
      StateKey key = effect.changed();
      switch (random.nextInt(4)) {
        case 0 -> {
          state.apply(effect, now);
          expected.merge(key, now + 60_000, Math::max);
        }
        case 1 -> {
          state.touch(key, Phase.ACTIVE, now);
          long then = now + 60_000;
          expected.computeIfPresent(key, (_, before) -> Math.max(before, then));
        }
        case 2 -> {
          state.touch(key, Phase.CLOSED, now);
          long then = now + 10_000;
          expected.computeIfPresent(key, (_, _) -> then);
        }
        default -> {
          long at = now;
          List<StateKey> due =
              expected.entrySet().stream()
                  .filter(it -> it.getValue() <= at)
                  .map(Map.Entry::getKey)
                  .toList();
          assertThat(state.expire(now)).containsExactlyInAnyOrderElementsOf(due);
          due.forEach(expected::remove);
        }
      }
    }
    assertThat(expected).isNotEmpty();
  }

  private static Origin from(UUID port) {
    return new Origin(port, Set.of(port));
  }

  private static Effect track(int port) {
    return new Effect.Track(
        new ConnectionKey(
            IpAddress.parse("8.8.8.8"), port, IpAddress.parse("10.0.0.1"), 1, 6, ROUTER));
  }

  private static Effect mac(int number) {
    return new Effect.LearnMac(new MacKey(ROUTER, 0, new Mac(number)), ROUTER);
  }
}
