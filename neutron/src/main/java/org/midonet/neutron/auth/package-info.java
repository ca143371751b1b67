/**
 * Who is asking: the identity and privileges behind a request, and the ways to establish them
 * (Keystone tokens, or none). Called by the request pipeline; read by policy, quota and the
 * plugins.
 */
@NullMarked
package org.midonet.neutron.auth;

import org.jspecify.annotations.NullMarked;
