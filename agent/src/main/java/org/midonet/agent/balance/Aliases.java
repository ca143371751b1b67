package org.midonet.agent.balance;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.midonet.agent.sim.HealthProber;
import org.midonet.packets.Ipv4Address;

/** The aliases of the members that are probed by this host. Safe to share. */
final class Aliases implements HealthProber {
  private static final int COUNT = 1 << (32 - PREFIX_LENGTH);

  /** The first addresses of the prefix are the prober's and the router's. */
  private static final int FIRST = 16;

  private final UUID host;
  private final Map<Ipv4Address, Target> targets = new ConcurrentHashMap<>();

  /** How many watches use the alias of a target. Guarded by this. */
  private final Map<Target, Alias> aliases = new HashMap<>();

  private int next = FIRST;

  private record Alias(Ipv4Address address, int users) {}

  Aliases(UUID host) {
    this.host = host;
  }

  @Override
  public UUID host() {
    return host;
  }

  @Override
  public @Nullable Target target(Ipv4Address alias) {
    return targets.get(alias);
  }

  /**
   * The alias of a target until it is released as often.
   *
   * @throws IllegalStateException if all are in use
   */
  synchronized Ipv4Address take(Target target) {
    Alias alias =
        aliases.merge(
            target,
            new Alias(ADDRESS, 1),
            (present, _) -> new Alias(present.address, present.users + 1));
    if (alias.users > 1) {
      return alias.address;
    }
    Ipv4Address free = free();
    aliases.put(target, new Alias(free, 1));
    targets.put(free, target);
    return free;
  }

  /** One that was not used for longest, as answers to the last one who had it may be under way. */
  private Ipv4Address free() {
    int base = ADDRESS.bits() & -COUNT;
    for (int tried = 0; tried < COUNT - FIRST; tried++) {
      Ipv4Address candidate = new Ipv4Address(base + next);
      next = next + 1 < COUNT - 1 ? next + 1 : FIRST;
      if (!targets.containsKey(candidate)) {
        return candidate;
      }
    }
    throw new IllegalStateException("more than " + targets.size() + " members to probe");
  }

  synchronized void release(Target target) {
    Alias alias = aliases.get(target);
    if (alias != null && alias.users > 1) {
      aliases.put(target, new Alias(alias.address, alias.users - 1));
    } else if (alias != null) {
      aliases.remove(target);
      targets.remove(alias.address);
    }
  }
}
