/**
 * The firewall service of version 1: rules, policies that order them, firewalls that put a policy
 * on routers (aliases fwaas and fwaasrouterinsertion; plugin specification 3.3 and C.5). Loaded by
 * a plugin that has firewalls; what a backend is told of them it reads from {@link
 * org.midonet.neutron.firewall.Firewalls}.
 */
@NullMarked
package org.midonet.neutron.firewall;

import org.jspecify.annotations.NullMarked;
