package org.midonet.neutron.service;

import org.midonet.neutron.auth.RequestContext;

/**
 * What a listener knows after the commit; safe to share.
 *
 * @param request who made the change
 * @param sessions to read and write anew
 */
public record ChangeContext(RequestContext request, Sessions sessions) {}
