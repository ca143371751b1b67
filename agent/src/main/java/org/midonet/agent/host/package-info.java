/**
 * This host in MidoNet: its object and interfaces in the topology store, whether its agent runs,
 * and the ports that are bound to its interfaces. {@link org.midonet.agent.host.HostRegistration}
 * tells the store of the host, {@link org.midonet.agent.host.Bindings} binds ports as {@code
 * mm-ctl} asks, {@link org.midonet.agent.host.Plugs} attaches bound interfaces to the datapath and
 * says which ports are active. The agent calls them.
 */
@NullMarked
package org.midonet.agent.host;

import org.jspecify.annotations.NullMarked;
