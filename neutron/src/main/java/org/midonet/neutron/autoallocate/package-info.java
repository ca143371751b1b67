/**
 * The topology that a project gets for the asking (alias auto-allocated-topology): a network with
 * subnets from the default pools and a router to the default external network. Routers are reached
 * through {@link org.midonet.neutron.autoallocate.Uplink}.
 */
@NullMarked
package org.midonet.neutron.autoallocate;

import org.jspecify.annotations.NullMarked;
