/**
 * Measures forwarding: a veth pair, what Linux has, and ours in turn. {@code
 * benchmarks/datapath/run} starts it.
 */
@NullMarked
package org.midonet.benchmarks.datapath;

import org.jspecify.annotations.NullMarked;
