/**
 * Holds the built-in cluster against recordings of a real MidoNet: the requests are replayed over
 * HTTP, and the topology that they make is compared.
 */
@NullMarked
package org.midonet.cluster.golden;

import org.jspecify.annotations.NullMarked;
