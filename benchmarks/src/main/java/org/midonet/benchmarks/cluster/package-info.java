/**
 * The built-in MidoNet under load: {@code benchmarks/cluster/run} starts {@link
 * org.midonet.benchmarks.cluster.ClusterBenchmark}.
 */
@NullMarked
package org.midonet.benchmarks.cluster;

import org.jspecify.annotations.NullMarked;
