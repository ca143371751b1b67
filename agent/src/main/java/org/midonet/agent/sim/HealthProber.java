package org.midonet.agent.sim;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.packets.Ipv4Address;
import org.midonet.packets.Mac;

/**
 * What probes the members of pools on this host, as the simulation sees it (spec/midonet.md 1.7).
 * Safe to share.
 *
 * <p>It has an interface of its own, where each member that it may probe has an alias: members of
 * two projects may have the same address. A probe enters the router of the member's load balancer,
 * and the member sees an address of that router.
 */
public interface HealthProber {
  /** Of its interface; that network is its own and reaches no other. */
  Ipv4Address ADDRESS = Ipv4Address.parse("198.18.0.1");

  /** Of the prefix in which the aliases are. */
  int PREFIX_LENGTH = 15;

  /** Of its interface. */
  Mac MAC = Mac.parse("fe:16:3e:12:00:01");

  /** What all aliases have. */
  Mac ALIAS_MAC = Mac.parse("fe:16:3e:12:00:02");

  /** The tunnel key by which other hosts send it what members answer. */
  int KEY = 0xfffffe;

  /** A member's address and its router. */
  record Target(UUID router, Ipv4Address address) {}

  /** The host that this is on. */
  UUID host();

  /** What an alias stands for, null for none. */
  @Nullable Target target(Ipv4Address alias);

  /** Stands for the interface of a host's prober among the ports. */
  static UUID portOf(UUID host) {
    return new UUID(host.getMostSignificantBits() ^ 0x4ea1_7400L, host.getLeastSignificantBits());
  }

  /** The host whose prober's interface is called so. */
  static UUID hostOf(UUID port) {
    return portOf(port);
  }
}
