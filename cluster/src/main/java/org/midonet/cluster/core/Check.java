package org.midonet.cluster.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A rule about one JSON value, with the message of Bean Validation; implementations are pure. */
@FunctionalInterface
interface Check {
  /** The value must be there. */
  Check REQUIRED = raw -> raw == null ? "may not be null" : null;

  /** A list with something in it. */
  Check NOT_EMPTY =
      raw ->
          raw instanceof List<?> list && !list.isEmpty()
              ? null
              : "size must be between 1 and 2147483647";

  /** What is wrong with the value, null if nothing is. */
  @Nullable String complaint(@Nullable Object raw);

  /** A number, if any, of at least this. */
  static Check min(long least) {
    return raw -> number(raw, least) < least ? "must be greater than or equal to " + least : null;
  }

  /** A number, if any, of at most this. */
  static Check max(long most) {
    return raw -> number(raw, most) > most ? "must be less than or equal to " + most : null;
  }

  private static long number(@Nullable Object raw, long missing) {
    Long number = Kind.longOrNull(raw);
    return number == null ? missing : number;
  }
}
