package org.midonet.neutron.service;

import java.util.List;
import org.midonet.neutron.auth.RequestContext;

/**
 * What a listener knows after the commit; safe to share.
 *
 * @param request who made the change
 * @param sessions to read and write anew
 * @param changes all that the request changed, in order
 */
public record ChangeContext(RequestContext request, Sessions sessions, List<Change> changes) {
  public ChangeContext {
    changes = List.copyOf(changes);
  }
}
