/**
 * The service plugin {@code lbaas} with MidoNet as its provider: pools balanced by MidoNet's
 * routers (plugin specification 3.4). Selected by {@link org.midonet.plugin.PluginRegistry}.
 */
@NullMarked
package org.midonet.plugin.loadbalancer;

import org.jspecify.annotations.NullMarked;
