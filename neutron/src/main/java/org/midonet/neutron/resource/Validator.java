package org.midonet.neutron.resource;

import org.jspecify.annotations.Nullable;

/** Checks a raw value of a request; stateless. */
@FunctionalInterface
public interface Validator {
  /** What is wrong with the value, in Neutron's words; null if nothing is. */
  @Nullable String validate(@Nullable Object value);
}
