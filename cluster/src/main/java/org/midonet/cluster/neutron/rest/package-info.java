/**
 * The {@code /neutron} endpoints of MidoNet's REST API: Neutron tells of its objects, and reads
 * back what it told (midonet.md 2.5). Called by the cluster's API server, next to the core
 * resources.
 */
@NullMarked
package org.midonet.cluster.neutron.rest;

import org.jspecify.annotations.NullMarked;
