/**
 * What the Networking API shows of the hosts of the built-in MidoNet: a port is ACTIVE while a host
 * forwards for it, and hosts are among the agents. The program adds {@link
 * org.midonet.plugin.client.builtin.hosts.HostsPlugin} to the plugins where the built-in MidoNet is
 * the one to tell.
 */
@NullMarked
package org.midonet.plugin.client.builtin.hosts;

import org.jspecify.annotations.NullMarked;
