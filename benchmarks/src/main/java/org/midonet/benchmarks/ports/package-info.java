/**
 * Many ports on one host: {@code benchmarks/ports/run} starts {@link
 * org.midonet.benchmarks.ports.PortsBenchmark} in namespaces of its own.
 */
@NullMarked
package org.midonet.benchmarks.ports;

import org.jspecify.annotations.NullMarked;
