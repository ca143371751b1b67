package org.midonet.agent.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.midonet.agent.linux.Link;
import org.midonet.nsdb.MemoryNsdb;

final class PlugsTest {
  private static final UUID HOST = UUID.randomUUID();
  private static final UUID PORT = UUID.randomUUID();
  private static final Link TAP = tap(7, true);

  private final MemoryNsdb nsdb = new MemoryNsdb();
  private final Board board = new Board();
  private final Plugs plugs = new Plugs(nsdb, HOST, board);

  @Test
  void aPortIsActiveOnceItsInterfaceIsThere() {
    plugs.bound(Map.of(PORT, "tap1"));
    assertThat(isActive()).isFalse();
    plugs.interfaces(List.of(TAP));
    assertThat(isActive()).isTrue();
    assertThat(board.attached).containsEntry(PORT, TAP);
  }

  @Test
  void theInterfaceMayBeThereFirst() {
    plugs.interfaces(List.of(TAP));
    plugs.bound(Map.of(PORT, "tap1"));
    assertThat(isActive()).isTrue();
    assertThat(plugs.number(PORT)).isEqualTo(1);
  }

  @Test
  void aPortWhoseInterfaceIsDownIsAttachedButNotActive() {
    plugs.bound(Map.of(PORT, "tap1"));
    plugs.interfaces(List.of(tap(7, false)));
    assertThat(isActive()).isFalse();
    assertThat(board.attached).containsKey(PORT);
    plugs.interfaces(List.of(TAP));
    assertThat(isActive()).isTrue();
  }

  @Test
  void anInterfaceThatGoesTakesThePortDown() {
    plugs.bound(Map.of(PORT, "tap1"));
    plugs.interfaces(List.of(TAP));
    plugs.interfaces(List.of());
    assertThat(isActive()).isFalse();
    assertThat(board.attached).isEmpty();
  }

  @Test
  void anInterfaceMadeAnewUnderTheSameNameIsAttachedAnew() {
    plugs.bound(Map.of(PORT, "tap1"));
    plugs.interfaces(List.of(TAP));
    Link again = tap(8, true);
    plugs.interfaces(List.of(again));
    assertThat(board.attached).isEqualTo(Map.of(PORT, again));
    assertThat(isActive()).isTrue();
  }

  @Test
  void anInterfaceThatCouldNotBeAttachedIsTriedAgain() {
    board.refuses = true;
    plugs.bound(Map.of(PORT, "tap1"));
    plugs.interfaces(List.of(TAP));
    assertThat(isActive()).isFalse();
    board.refuses = false;
    plugs.interfaces(List.of(TAP));
    assertThat(isActive()).isTrue();
  }

  @Test
  void anUnboundPortIsDetached() {
    plugs.bound(Map.of(PORT, "tap1"));
    plugs.interfaces(List.of(TAP));
    plugs.bound(Map.of());
    assertThat(isActive()).isFalse();
    assertThat(board.attached).isEmpty();
  }

  @Test
  void closingTakesAllBack() {
    plugs.bound(Map.of(PORT, "tap1"));
    plugs.interfaces(List.of(TAP));
    plugs.close();
    assertThat(isActive()).isFalse();
    assertThat(board.attached).isEmpty();
  }

  @Test
  void manyPortsAreActiveAtOnceAndGoAtOnce() {
    Map<UUID, String> bindings = new HashMap<>();
    List<Link> taps = new ArrayList<>();
    for (int i = 0; i < 1050; i++) {
      bindings.put(UUID.randomUUID(), "tap" + i);
      taps.add(new Link(i + 10, "tap" + i, 1500, true, "tun", false));
    }
    plugs.interfaces(taps);
    plugs.bound(bindings);
    assertThat(bindings.keySet()).allMatch(nsdb.topology()::isActive);
    plugs.interfaces(taps.subList(0, 3));
    assertThat(bindings.keySet().stream().filter(nsdb.topology()::isActive)).hasSize(3);
    assertThat(board.attached).hasSize(3);
  }

  private boolean isActive() {
    return nsdb.topology().isActive(PORT);
  }

  private static Link tap(int index, boolean isUp) {
    return new Link(index, "tap1", 1500, isUp, "tun", false);
  }

  /** Attaches whatever comes. */
  private static final class Board implements Plugs.Sockets {
    final Map<UUID, Link> attached = new HashMap<>();
    boolean refuses;
    private int last;

    @Override
    public @Nullable Integer attach(UUID port, Link device) {
      if (refuses) {
        return null;
      }
      attached.put(port, device);
      return ++last;
    }

    @Override
    public void detach(UUID port, int number) {
      attached.remove(port);
    }
  }
}
