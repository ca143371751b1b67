package org.midonet.neutron.api;

import java.util.Map;
import org.midonet.neutron.auth.RequestContext;
import org.midonet.neutron.http.Request;

/**
 * An authenticated request and where its path led; immutable.
 *
 * @param request the request
 * @param context who asks
 * @param variables the values of the path's variables by name
 */
public record Call(Request request, RequestContext context, Map<String, String> variables) {
  /**
   * The value of a path variable.
   *
   * @throws IllegalArgumentException if the route has no such variable
   */
  public String variable(String name) {
    String value = variables.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no {" + name + "} in this route");
    }
    return value;
  }
}
