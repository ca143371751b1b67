package org.midonet.neutron.network;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.LongStream;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.config.IdRange;
import org.midonet.neutron.service.Session;
import org.midonet.neutron.store.RetryTransaction;

/**
 * The segments that networks have: no two networks share one, and a segment is free again with the
 * end of its network. Stateless.
 */
final class SegmentPool {
  private static final Table<?> TABLE = DSL.table(DSL.name("network_segments"));
  private static final Field<String> TYPE = text("network_type");
  private static final Field<String> PHYSICAL_NETWORK = text("physical_network");
  private static final Field<Long> ID = DSL.field(DSL.name("segmentation_id"), SQLDataType.BIGINT);
  private static final Field<String> NETWORK = text("network_id");

  /** So many ids are tried before all those in use are read. */
  private static final int GUESSES = 16;

  private SegmentPool() {}

  /** Whether some network has the segment. */
  static boolean isTaken(Session session, ProviderSegment segment) {
    return session
        .transaction()
        .dsl()
        .fetchExists(TABLE, like(segment).and(ID.eq(number(segment))));
  }

  /** A free id of those ranges for a segment like this one, drawn by lot; null if none is left. */
  static @Nullable Long draw(Session session, ProviderSegment like, List<IdRange> ranges) {
    long size = ranges.stream().mapToLong(range -> range.last() - range.first() + 1).sum();
    if (size == 0) {
      return null;
    }
    List<Long> guesses =
        ThreadLocalRandom.current()
            .longs(GUESSES, 0, size)
            .mapToObj(offset -> at(ranges, offset))
            .distinct()
            .toList();
    Set<Long> taken = taken(session, like(like).and(ID.in(guesses)));
    for (Long guess : guesses) {
      if (!taken.contains(guess)) {
        return guess;
      }
    }
    Set<Long> all = taken(session, like(like));
    return LongStream.range(0, size)
        .mapToObj(offset -> at(ranges, offset))
        .filter(id -> !all.contains(id))
        .findFirst()
        .orElse(null);
  }

  private static Set<Long> taken(Session session, Condition condition) {
    return new HashSet<>(
        session.transaction().dsl().select(ID).from(TABLE).where(condition).fetch(ID));
  }

  private static Long at(List<IdRange> ranges, long offset) {
    long left = offset;
    for (IdRange range : ranges) {
      long size = range.last() - range.first() + 1;
      if (left < size) {
        return range.first() + left;
      }
      left -= size;
    }
    throw new IndexOutOfBoundsException(offset);
  }

  /** Gives the segment to a network; if another one was faster, the transaction starts anew. */
  static void take(Session session, ProviderSegment segment, String network) {
    int added =
        session
            .transaction()
            .dsl()
            .insertInto(TABLE)
            .columns(TYPE, PHYSICAL_NETWORK, ID, NETWORK)
            .values(segment.type(), physicalNetwork(segment), number(segment), network)
            .onConflictDoNothing()
            .execute();
    if (added == 0) {
      throw new RetryTransaction(SegmentRules.inUse(segment));
    }
  }

  private static Condition like(ProviderSegment segment) {
    return TYPE.eq(segment.type()).and(PHYSICAL_NETWORK.eq(physicalNetwork(segment)));
  }

  private static String physicalNetwork(ProviderSegment segment) {
    return Objects.requireNonNullElse(segment.physicalNetwork(), "");
  }

  private static long number(ProviderSegment segment) {
    return Objects.requireNonNullElse(segment.id(), 0L);
  }

  private static Field<String> text(String name) {
    return DSL.field(DSL.name(name), SQLDataType.VARCHAR);
  }
}
