package org.midonet.topology;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Some values that came lately, so that equal ones can be one in memory. Safe to share; it forgets
 * a value for another one with a like hash, and no harm is done.
 */
final class Recent<T> {
  private final AtomicReferenceArray<@Nullable T> values;

  /**
   * @param size a power of two
   */
  Recent(int size) {
    this.values = new AtomicReferenceArray<>(size);
  }

  /** An equal value. */
  T shared(T value) {
    int hash = value.hashCode();
    int slot = (hash ^ (hash >>> 16)) & (values.length() - 1);
    T known = values.getPlain(slot);
    if (value.equals(known)) {
      return known;
    }
    values.set(slot, value);
    return value;
  }
}
