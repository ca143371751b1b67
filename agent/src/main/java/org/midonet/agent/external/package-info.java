/**
 * This host on external networks: an interface of its own with the address of the gateway, which
 * nobody else has, so that floating IPs can be reached from the host at once. {@link
 * org.midonet.agent.external.ExternalAccess} keeps such interfaces; who runs an agent starts it.
 */
@NullMarked
package org.midonet.agent.external;

import org.jspecify.annotations.NullMarked;
