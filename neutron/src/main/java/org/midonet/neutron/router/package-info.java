/** Routers: gateways, interfaces, extra routes, and what routers mean for the ports they use. */
@NullMarked
package org.midonet.neutron.router;

import org.jspecify.annotations.NullMarked;
