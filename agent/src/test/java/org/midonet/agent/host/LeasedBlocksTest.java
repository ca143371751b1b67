package org.midonet.agent.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.midonet.agent.state.Effect;
import org.midonet.agent.state.LocalState;
import org.midonet.agent.state.NatBinding;
import org.midonet.agent.state.NatBlocks;
import org.midonet.agent.state.NatKey;
import org.midonet.agent.state.Origin;
import org.midonet.agent.state.StateTimeouts;
import org.midonet.nsdb.MemoryNsdb;
import org.midonet.nsdb.NsdbException;
import org.midonet.nsdb.PortBlocks;
import org.midonet.packets.IpAddress;
import org.midonet.packets.Ipv4Address;
import org.midonet.topology.NatTarget;

/** Hosts translate to ports of blocks that they lease. */
final class LeasedBlocksTest {
  private static final UUID ROUTER = UUID.randomUUID();
  private static final Ipv4Address ADDRESS = Ipv4Address.parse("200.0.0.2");
  private static final int FIRST = 1024;
  private static final int LAST = 65535;

  private final MemoryNsdb nsdb = new MemoryNsdb();
  private final AtomicBoolean away = new AtomicBoolean();
  private final List<LeasedBlocks> opened = new ArrayList<>();

  @AfterEach
  void close() {
    opened.forEach(LeasedBlocks::close);
  }

  private LeasedBlocks host() {
    return host(nsdb.sibling());
  }

  private LeasedBlocks host(MemoryNsdb store) {
    PortBlocks blocks = new Reachable(store.portBlocks(UUID.randomUUID()), away);
    LeasedBlocks leased = LeasedBlocks.of(blocks, store::topology);
    opened.add(leased);
    return leased;
  }

  /** A store that is away now and then. */
  private record Reachable(PortBlocks store, AtomicBoolean away) implements PortBlocks {
    private void reach() {
      if (away.get()) {
        throw new NsdbException(NsdbException.Kind.UNAVAILABLE, "it is away");
      }
    }

    @Override
    public Set<Integer> take(UUID device, Ipv4Address address, int first, int last, int most) {
      reach();
      return store.take(device, address, first, last, most);
    }

    @Override
    public boolean claim(UUID device, Ipv4Address address, int block) {
      reach();
      return store.claim(device, address, block);
    }

    @Override
    public boolean holds(UUID device, Ipv4Address address, int block) {
      return store.holds(device, address, block);
    }

    @Override
    public void release(UUID device, Ipv4Address address, int block) {
      reach();
      store.release(device, address, block);
    }

    @Override
    public Set<UUID> devices() {
      return store.devices();
    }

    @Override
    public void remove(UUID device) {
      store.remove(device);
    }
  }

  private static NatKey connection(int from, int port, int protocol) {
    return new NatKey(
        NatKey.Kind.SNAT,
        new Ipv4Address(0x0a000000 + from),
        port,
        IpAddress.parse("8.8.8.8"),
        protocol == 1 ? port : 80,
        protocol,
        ROUTER);
  }

  /** As the packet loop does: a packet waits while more ports may come. */
  private static NatBinding bind(LocalState state, NatBlocks blocks, NatKey key) {
    List<NatTarget> targets = List.of(new NatTarget(ADDRESS, ADDRESS, FIRST, LAST));
    NatBinding[] binding = new NatBinding[1];
    await()
        .pollDelay(Duration.ZERO)
        .until(() -> {
          long arrivals = blocks.arrivals();
          binding[0] = state.allocate(key, targets);
          return binding[0] != null || (!blocks.isAwaiting() && blocks.arrivals() == arrivals);
        });
    state.apply(new Effect.Bind(key, binding[0]), 0);
    return binding[0];
  }

  @Test
  void noTwoHostsGiveOutTheSamePort() {
    Set<NatBinding> used = new HashSet<>();
    LeasedBlocks[] blocks = {host(), host()};
    LocalState[] states = new LocalState[2];
    for (int i = 0; i < 2; i++) {
      states[i] = new LocalState(StateTimeouts.DEFAULT, blocks[i]);
    }
    for (int i = 0; i < 4000; i++) {
      int host = i % 2;
      NatBinding binding = bind(states[host], blocks[host], connection(host, i, 6));
      assertThat(used.add(binding)).as("%s", binding).isTrue();
      assertThat(binding.port()).isBetween(FIRST, LAST);
    }
  }

  @Test
  void echoesOfTwoHostsWithOneIdentifierAreToldApart() {
    Set<NatBinding> used = new HashSet<>();
    for (int i = 0; i < 2; i++) {
      LeasedBlocks blocks = host();
      LocalState state = new LocalState(StateTimeouts.DEFAULT, blocks);
      for (int from = 0; from < 50; from++) {
        assertThat(used.add(bind(state, blocks, connection(from, 77, 1)))).isTrue();
      }
    }
  }

  @Test
  void whatIsHeldIsUsedWhileTheStoreIsAwayAndMoreComesAfterwards() {
    LeasedBlocks blocks = host();
    LocalState state = new LocalState(StateTimeouts.DEFAULT, blocks);
    bind(state, blocks, connection(1, 1, 6));
    away.set(true);
    for (int i = 2; i <= NatBlocks.SIZE; i++) {
      bind(state, blocks, connection(1, i, 6));
    }
    int more = 0;
    while (state.allocate(
            connection(2, more, 6), List.of(new NatTarget(ADDRESS, ADDRESS, FIRST, LAST)))
        != null) {
      more++;
    }
    assertThat(blocks.isAwaiting()).isTrue();
    away.set(false);
    await().until(() -> !blocks.isAwaiting());
    bind(state, blocks, connection(3, 1, 6));
  }

  @Test
  void theNextAgentOfAHostHasItsBlocksAgain() {
    MemoryNsdb store = nsdb.sibling();
    LeasedBlocks before = host(store);
    LocalState state = new LocalState(StateTimeouts.DEFAULT, before);
    NatBinding binding = bind(state, before, connection(1, 1, 6));
    LeasedBlocks after = host(store);
    LocalState restored = new LocalState(StateTimeouts.DEFAULT, after);
    state
        .flowState()
        .forEach(
            known -> known.effects().forEach(effect -> restored.restore(effect, Origin.NONE, 0)));
    await().until(() -> after.isLeased(ROUTER, ADDRESS, binding.port()));
    assertThat(restored.binding(connection(1, 1, 6))).isEqualTo(binding);
  }

  @Test
  void whatIsIdleForLongGoesBack() {
    LeasedBlocks blocks = host();
    LocalState state = new LocalState(StateTimeouts.DEFAULT, blocks);
    for (int i = 0; i < 1000; i++) {
      bind(state, blocks, connection(1, i, 6));
    }
    PortBlocks other = nsdb.sibling().portBlocks(UUID.randomUUID());
    for (int second = 0; second < 700; second++) {
      state.expire(60_000 + second * 1000L);
    }
    int all = (LAST - FIRST + 1) / NatBlocks.SIZE;
    Set<Integer> taken = new HashSet<>();
    await()
        .until(() -> {
          taken.addAll(
              other.take(ROUTER, ADDRESS, FIRST / NatBlocks.SIZE, LAST / NatBlocks.SIZE, all));
          return taken.size() == all;
        });
  }

  @Test
  void whenAllAreTakenNobodyWaits() {
    PortBlocks other = nsdb.sibling().portBlocks(UUID.randomUUID());
    other.take(ROUTER, ADDRESS, 0, LAST / NatBlocks.SIZE, 2000);
    LeasedBlocks blocks = host();
    assertThat(blocks.lease(ROUTER, ADDRESS, FIRST, LAST)).isEqualTo(-1);
    await().until(() -> !blocks.isAwaiting());
    assertThat(blocks.lease(ROUTER, ADDRESS, FIRST, LAST)).isEqualTo(-1);
    assertThat(blocks.isAwaiting()).isFalse();
  }
}
