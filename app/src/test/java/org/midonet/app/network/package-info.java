/**
 * Whole virtual networks without a kernel: what Neutron says goes through the translation of the
 * cluster, and packets through the simulation of the agent.
 */
@NullMarked
package org.midonet.app.network;

import org.jspecify.annotations.NullMarked;
