/**
 * MidoNet's REST API ({@code /midonet-api}): the core resources of the virtual topology, with their
 * media types, links and errors. Called by whoever runs a cluster node; it knows the topology store
 * and, of the Networking API, only the parts that any HTTP server needs.
 */
@NullMarked
package org.midonet.cluster.api;

import org.jspecify.annotations.NullMarked;
