package org.midonet.cluster.translation;

import java.util.UUID;
import java.util.random.RandomGenerator;
import org.midonet.packets.Mac;

/** What translation leaves to chance. Implementations tell whether threads may share them. */
public interface Chance {
  /** MidoNet's prefix for addresses that it makes up. */
  Mac MAC_BASE = Mac.parse("ac:ca:ba:00:00:00");

  /** The id of an object that nobody looks up by its id. */
  UUID id();

  /** The address of a router port whose Neutron port has none. */
  Mac mac();

  /** The usual one; safe to share if the generator is. */
  static Chance of(RandomGenerator random) {
    return new Chance() {
      @Override
      public UUID id() {
        long version = (random.nextLong() & ~0xf000L) | 0x4000L;
        long variant = (random.nextLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
        return new UUID(version, variant);
      }

      @Override
      public Mac mac() {
        return Mac.random(MAC_BASE, random);
      }
    };
  }
}
