package org.midonet.neutron.resource;

import org.jspecify.annotations.Nullable;

/** Converts a raw value of a request; stateless. */
@FunctionalInterface
public interface Converter {
  /** The converted value; refuses by throwing NeutronException. */
  @Nullable Object convert(@Nullable Object value);
}
