package org.midonet.neutron.resource;

import org.jspecify.annotations.Nullable;

/**
 * Brings one attribute value of a request into the form that is stored. Implementations are pure
 * unless they say otherwise, and safe to share between threads.
 */
@FunctionalInterface
public interface Converter {
  /**
   * Converts a JSON value: String, Long, BigInteger, Double, Boolean, List, Map or null. The
   * argument is left unchanged.
   *
   * @throws org.midonet.neutron.error.NeutronException if the value has no such form
   */
  @Nullable Object convert(@Nullable Object value);
}
