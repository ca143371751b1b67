/**
 * The client of MidoNet's topology API, which the task table client asks for MidoNet's hosts (spec
 * section 4.5).
 */
@NullMarked
package org.midonet.plugin.client.cluster.topology;

import org.jspecify.annotations.NullMarked;
