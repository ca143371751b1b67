/**
 * The load balancing service of version 1: pools with members, VIPs before them, health monitors
 * (aliases lbaas and lbaas_agent_scheduler; plugin specification 3.4 and C.6). Loaded by a plugin
 * that has load balancing; what a backend is told of it is read from the resources, and {@link
 * org.midonet.neutron.loadbalancer.Outcomes} takes what became of it.
 */
@NullMarked
package org.midonet.neutron.loadbalancer;

import org.jspecify.annotations.NullMarked;
