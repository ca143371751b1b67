package org.midonet.agent.state;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Counts how much is kept for whom. Not safe to share: {@link LocalState} guards it. */
final class Accounts {
  private final StateLimits limits;
  private final Map<UUID, Account> ofPort = new HashMap<>();
  private final Account all = new Account();
  private long refusedConnections;
  private long refusedAddresses;

  private static final class Account {
    int connections;
    int addresses;

    /** The addresses that machines at the port announced, which do not expire by themselves. */
    final Set<StateKey> announced = new LinkedHashSet<>();
  }

  Accounts(StateLimits limits) {
    this.limits = limits;
  }

  private static boolean isAddress(StateKey key) {
    return switch (key) {
      case MacKey it -> true;
      case NeighbourKey it -> true;
      case ConnectionKey it -> false;
      case NatKey it -> false;
      case MetadataKey it -> false;
      case TurnKey it -> false;
    };
  }

  /** A machine at each port asks for metadata at most: that is bounded as it is. */
  private static boolean isFree(StateKey key) {
    return key instanceof MetadataKey;
  }

  boolean hasRoom(StateKey key, @Nullable UUID payer) {
    if (isFree(key)) {
      return true;
    }
    Account own = payer == null ? null : ofPort.get(payer);
    return isAddress(key)
        ? all.addresses < limits.addresses()
            && (own == null || own.addresses < limits.addressesOfPort())
        : all.connections < limits.connections()
            && (own == null || own.connections < limits.connectionsOfPort());
  }

  /** How many connections there is room for, of a payer or in all. */
  int room(@Nullable UUID payer) {
    if (payer == null) {
      return limits.connections() - all.connections;
    }
    Account own = ofPort.get(payer);
    return limits.connectionsOfPort() - (own == null ? 0 : own.connections);
  }

  void refuse(StateKey key) {
    if (isAddress(key)) {
      refusedAddresses++;
    } else {
      refusedConnections++;
    }
  }

  Refused refused() {
    return new Refused(refusedConnections, refusedAddresses);
  }

  void add(StateKey key, @Nullable UUID payer, boolean announced) {
    count(key, payer, 1);
    if (payer != null && announced) {
      ofPort.computeIfAbsent(payer, _ -> new Account()).announced.add(key);
    }
  }

  void remove(StateKey key, @Nullable UUID payer) {
    count(key, payer, -1);
    Account own = payer == null ? null : ofPort.get(payer);
    if (own != null) {
      own.announced.remove(key);
      if (own.connections == 0 && own.addresses == 0) {
        ofPort.remove(payer);
      }
    }
  }

  private void count(StateKey key, @Nullable UUID payer, int by) {
    if (isFree(key)) {
      return;
    }
    count(all, key, by);
    if (payer != null) {
      count(ofPort.computeIfAbsent(payer, _ -> new Account()), key, by);
    }
  }

  private static void count(Account account, StateKey key, int by) {
    if (isAddress(key)) {
      account.addresses += by;
    } else {
      account.connections += by;
    }
  }

  Set<StateKey> announcedBy(UUID port) {
    Account own = ofPort.get(port);
    return own == null ? Set.of() : Set.copyOf(own.announced);
  }
}
