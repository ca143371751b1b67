package org.midonet.neutron.subnetpool;

import java.util.List;
import org.midonet.neutron.resource.Attribute;
import org.midonet.neutron.resource.Resource;
import org.midonet.packets.Cidr;
import org.midonet.packets.IpSet;

/**
 * The prefixes of a pool and the lengths it hands out, checked against each other; immutable.
 *
 * @param version 4 or 6
 * @param prefixes without overlaps, neighbours joined
 * @param min shortest prefix handed out
 * @param max longest prefix handed out
 * @param standard the prefix handed out to those who ask for no length
 */
record PrefixBounds(int version, List<Cidr> prefixes, long min, long max, long standard) {
  private static final int DEFAULT_MIN_V4 = 8;
  private static final int DEFAULT_MIN_V6 = 64;

  /** Reads them of a pool as a request would have it; what is unset takes its default. */
  static PrefixBounds of(Resource pool) {
    List<Cidr> given = SubnetPools.prefixes(pool.get(SubnetPools.PREFIXES));
    if (given.isEmpty()) {
      throw SubnetPoolErrors.emptyPrefixes();
    }
    int version = given.getFirst().version();
    if (given.stream().anyMatch(p -> p.version() != version)) {
      throw SubnetPoolErrors.mixedVersions();
    }
    int longest = version == 4 ? 32 : 128;
    long min =
        length(pool, SubnetPools.MIN_PREFIXLEN, version == 4 ? DEFAULT_MIN_V4 : DEFAULT_MIN_V6);
    long max = length(pool, SubnetPools.MAX_PREFIXLEN, longest);
    long standard = length(pool, SubnetPools.DEFAULT_PREFIXLEN, min);
    if (min > max) {
      throw SubnetPoolErrors.bounds("min_prefixlen", min, "max_prefixlen", max);
    }
    if (max > longest) {
      throw SubnetPoolErrors.bounds("max_prefixlen", max, "ip_version_max", longest);
    }
    if (standard < min) {
      throw SubnetPoolErrors.bounds("default_prefixlen", standard, "min_prefixlen", min);
    }
    if (standard > max) {
      throw SubnetPoolErrors.bounds("default_prefixlen", standard, "max_prefixlen", max);
    }
    return new PrefixBounds(version, IpSet.ofCidrs(given).cidrs(), min, max, standard);
  }

  private static long length(Resource pool, Attribute<String> attribute, long otherwise) {
    return pool.find(attribute) == null ? otherwise : SubnetPools.length(pool, attribute);
  }

  /** The pool with these values. */
  Resource in(Resource pool) {
    return pool.toBuilder()
        .set(SubnetPools.IP_VERSION, (long) version)
        .set(SubnetPools.PREFIXES, prefixes.stream().map(Cidr::toString).toList())
        .set(SubnetPools.MIN_PREFIXLEN, Long.toString(min))
        .set(SubnetPools.MAX_PREFIXLEN, Long.toString(max))
        .set(SubnetPools.DEFAULT_PREFIXLEN, Long.toString(standard))
        .build();
  }
}
