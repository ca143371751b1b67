/**
 * What the Networking API shows of load balancing by the built-in MidoNet: which members its agents
 * find alive, and what went through pools. The program adds {@link
 * org.midonet.plugin.client.builtin.balancing.BuiltInPools} to the plugins where the built-in
 * MidoNet is the one to tell and {@code lbaas} is served.
 */
@NullMarked
package org.midonet.plugin.client.builtin.balancing;

import org.jspecify.annotations.NullMarked;
