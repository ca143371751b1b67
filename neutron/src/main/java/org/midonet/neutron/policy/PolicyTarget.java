package org.midonet.neutron.policy;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The object of an operation as rules see it: attribute names to raw values (strings, numbers,
 * booleans, lists, maps, null). An implementation is read by one thread at a time.
 *
 * <p>{@code tenant_id} and {@code project_id} are one attribute to the rules; having either is
 * enough.
 */
@FunctionalInterface
public interface PolicyTarget {

  /** The value of an attribute that the target does not have, as against one that is null. */
  Absent ABSENT = Absent.VALUE;

  /**
   * A target without attributes, for operations that have none, such as listing the routers on an
   * agent.
   */
  PolicyTarget NONE = name -> ABSENT;

  /**
   * Returns the raw value of the attribute, null when it is set to null, {@link #ABSENT} when there
   * is none.
   */
  @Nullable Object get(String attribute);

  /** Returns a view of the map; a key it lacks is absent. */
  static PolicyTarget of(Map<String, ? extends @Nullable Object> values) {
    return name -> {
      Object value = values.get(name);
      return value != null || values.containsKey(name) ? value : ABSENT;
    };
  }

  /** Returns this target with the changes of an update laid over it. */
  default PolicyTarget with(Map<String, ? extends @Nullable Object> changes) {
    PolicyTarget changed = of(changes);
    return name -> {
      Object value = changed.get(name);
      return value == ABSENT ? get(name) : value;
    };
  }

  /** The one value of {@link #ABSENT}. */
  enum Absent {
    VALUE
  }
}
