package org.midonet.neutron.resource;

import java.util.List;
import org.jooq.Condition;
import org.midonet.neutron.auth.RequestContext;

/** Makes the SQL condition of a list filter. Implementations are stateless and safe to share. */
@FunctionalInterface
public interface Filter {
  /**
   * The condition that any of the values satisfies.
   *
   * @param context who asks
   * @param values the query's values as text, at least one
   */
  Condition condition(RequestContext context, List<String> values);
}
