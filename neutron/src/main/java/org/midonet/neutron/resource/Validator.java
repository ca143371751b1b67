package org.midonet.neutron.resource;

import org.jspecify.annotations.Nullable;

/**
 * Judges one attribute value of a request. Implementations are pure and safe to share between
 * threads.
 */
@FunctionalInterface
public interface Validator {
  /**
   * Judges a JSON value: String, Long, BigInteger, Double, Boolean, List, Map or null.
   *
   * @return the reason why the value is refused, in Neutron's words, or null if it is accepted
   * @throws org.midonet.neutron.error.NeutronException where Neutron answers with an error of its
   *     own instead of a reason
   */
  @Nullable String validate(@Nullable Object value);
}
