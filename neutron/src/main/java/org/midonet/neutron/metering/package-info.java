/**
 * Metering: labels on the traffic of routers, rules that say which traffic, and what Neutron's
 * metering agents are told and ask about both. Loaded by {@code service_plugins = metering}.
 */
@NullMarked
package org.midonet.neutron.metering;

import org.jspecify.annotations.NullMarked;
