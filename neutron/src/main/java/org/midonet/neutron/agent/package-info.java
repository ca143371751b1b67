/**
 * Neutron's agents: who they are, which networks and routers each serves, and what is said to and
 * asked by them over RPC.
 *
 * <p>A deployment with MidoNet v2015.03 or v2015.06 runs Neutron's DHCP and metadata agents; later
 * ones run none, and this package then has nothing to do. It is a feature of the API (agents,
 * availability zones, agent schedulers), and, where {@code transport_url} is set, the server of the
 * topics {@code q-reports-plugin} and {@code q-plugin}.
 */
@NullMarked
package org.midonet.neutron.agent;

import org.jspecify.annotations.NullMarked;
