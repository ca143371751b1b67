/**
 * The service plugin {@code midonet_firewall}: firewalls on MidoNet's routers (plugin specification
 * 3.3). Selected by {@link org.midonet.plugin.PluginRegistry}.
 */
@NullMarked
package org.midonet.plugin.firewall;

import org.jspecify.annotations.NullMarked;
