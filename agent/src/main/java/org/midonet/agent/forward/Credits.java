package org.midonet.agent.forward;

import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.midonet.agent.flow.TemplateCache;

/**
 * How many connections templates may begin without the agent having looked: as many as there is
 * room for. Safe to share between threads; one thread refills.
 *
 * <p>The datapath takes from the credit of the port and from that of all, and the agent, who counts
 * the connections that there are, gives again. What a machine may keep busy is bounded so whatever
 * the agent does meanwhile.
 */
final class Credits {
  private static final int NEARLY_ALL = 16;

  private final TemplateCache cache;
  private final Map<Integer, Account> accounts = new ConcurrentHashMap<>();
  private final Map<UUID, Integer> byPayer = new ConcurrentHashMap<>();

  /**
   * An account when it was refilled.
   *
   * @param sum what was used of it then, and what was left
   */
  private record Account(long sum, long left) {}

  Credits(TemplateCache cache) {
    this.cache = cache;
  }

  /** Which account is a port's. */
  void open(UUID payer, int account) {
    byPayer.put(payer, account);
  }

  /** What was taken from an account since it was refilled, and before. */
  long used(int account) {
    Account known = accounts.get(account);
    return known == null ? 0 : Math.max(0, known.sum - cache.credit(account));
  }

  /** The same of a port, or with null of all. */
  long used(@Nullable UUID payer) {
    Integer account = payer == null ? Integer.valueOf(TemplateCache.ALL) : byPayer.get(payer);
    return account == null ? 0 : used(account);
  }

  boolean isOpen(int account) {
    return accounts.containsKey(account);
  }

  /**
   * Gives an account what it may have.
   *
   * @param used what connections that are there have taken from it
   * @param room what connections may take in all
   */
  void refill(int account, long used, long room) {
    long left = cache.credit(account);
    long target = Math.max(0, room - used);
    cache.addCredit(account, target - left);
    accounts.put(account, new Account(used + target, target));
  }

  private void close(int account) {
    if (accounts.remove(account) != null) {
      cache.addCredit(account, -cache.credit(account));
      byPayer.values().removeIf(number -> number == account);
    }
  }

  /** Takes all credit from ports of which there are no templates any more. */
  void retain(Set<Integer> open) {
    for (Integer account : Set.copyOf(accounts.keySet())) {
      if (account != TemplateCache.ALL && !open.contains(account)) {
        close(account);
      }
    }
  }

  /** Whether half of an account is used since it was refilled, or nearly all of it. */
  boolean isLow() {
    for (Map.Entry<Integer, Account> each : accounts.entrySet()) {
      Account account = each.getValue();
      long left = cache.credit(each.getKey());
      if (left * 2 < account.left || left * NEARLY_ALL < account.sum) {
        return true;
      }
    }
    return false;
  }
}
