package org.midonet.neutron.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An attribute that needs a rule of its own to be set; immutable and safe to share between threads.
 *
 * @param name as in the API, for example {@code provider:network_type}
 * @param defaultValue what a create gets without it; a create that gives this same value needs no
 *     permission. {@link PolicyTarget#ABSENT} where there is no default
 * @param subAttributes keys of a value that is a dictionary, each with a rule of its own, in the
 *     order of the definition; empty when the value is not a dictionary
 */
public record PolicyAttribute(
    String name, @Nullable Object defaultValue, List<String> subAttributes) {

  public PolicyAttribute {
    subAttributes = List.copyOf(subAttributes);
  }

  /** An attribute with a default and no rules for parts of it. */
  public static PolicyAttribute of(String name, @Nullable Object defaultValue) {
    return new PolicyAttribute(name, defaultValue, List.of());
  }
}
