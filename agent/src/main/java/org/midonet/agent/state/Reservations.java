package org.midonet.agent.state;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.midonet.topology.NatTarget;

/**
 * The ports of source translation that are in use, and those that were given out for packets that
 * are not on their way yet. Safe to share.
 *
 * <p>Such a port is the same for the same packet until it is bound, and free again after a while.
 */
final class Reservations {
  /** How many expiries pass between two looks for blocks that are not used any more. */
  private static final int BLOCK_SWEEPS = 30;

  private final long keptMillis;
  private final int most;
  private final ConcurrentMap<NatKey, Reservation> reservations = new ConcurrentHashMap<>();

  // Guarded by this.
  private final NatPorts ports;
  private final Slots<Reserved> reservedUntil = new Slots<>();
  private int sweeps;

  private record Reservation(NatBinding binding, long expiry) {}

  private record Reserved(NatKey key, Reservation reservation) {}

  /**
   * @param kept how long a port stays reserved
   * @param most how many ports may be reserved at once
   */
  Reservations(NatBlocks blocks, Duration kept, int most) {
    this.ports = new NatPorts(blocks);
    this.keptMillis = kept.toMillis();
    this.most = most;
  }

  /** The binding that is reserved for a key from now on, null when there is none left. */
  @Nullable NatBinding allocate(NatKey key, List<NatTarget> targets, long now) {
    Reservation reservation = reservations.get(key);
    if (reservation != null) {
      return reservation.binding;
    }
    synchronized (this) {
      NatBinding binding = reservations.size() < most ? ports.take(key, targets) : null;
      if (binding != null) {
        Reservation made = new Reservation(binding, now + keptMillis);
        reservations.put(key, made);
        reservedUntil.add(Slots.slot(made.expiry), new Reserved(key, made));
      }
      return binding;
    }
  }

  /** A key was bound: the way back is in use now. */
  void bound(NatKey key, NatKey back) {
    synchronized (this) {
      ports.took(back);
    }
    reservations.remove(key);
  }

  /** Takes the block of a binding again that was made here before. */
  synchronized void claim(NatKey back) {
    ports.claim(back);
  }

  /** A binding is no more, whichever of its keys is that of the way back. */
  synchronized void free(NatKey one, NatKey other) {
    ports.free(one);
    ports.free(other);
  }

  /** Frees what was reserved for too long. */
  synchronized void expire(long at) {
    reservedUntil.take(at, (slot, reserved) -> release(reserved, at));
    if (++sweeps % BLOCK_SWEEPS == 0) {
      ports.releaseIdleBlocks();
    }
  }

  private void release(Reserved reserved, long at) {
    NatKey key = reserved.key;
    if (reserved.reservation.expiry > at) {
      reservedUntil.add(Slots.slot(reserved.reservation.expiry), reserved);
    } else if (reservations.remove(key, reserved.reservation)) {
      ports.free(key.reverse(reserved.reservation.binding));
    }
  }

  /** The number of ways back that are taken. */
  synchronized int inUse() {
    return ports.inUse();
  }
}
