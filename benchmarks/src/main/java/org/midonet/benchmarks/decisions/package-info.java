/**
 * Measures how many first packets one thread decides in a second. {@code benchmarks/decisions/run}
 * starts it.
 */
@NullMarked
package org.midonet.benchmarks.decisions;

import org.jspecify.annotations.NullMarked;
