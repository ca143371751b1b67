/**
 * Loads a Networking API server over HTTP and writes the table of results: ours beside the
 * reference server, with the same driver and the same keystone, in one run.
 *
 * <p>{@code benchmarks/api/run} calls {@link org.midonet.benchmarks.api.ApiBenchmark}.
 */
@NullMarked
package org.midonet.benchmarks.api;

import org.jspecify.annotations.NullMarked;
