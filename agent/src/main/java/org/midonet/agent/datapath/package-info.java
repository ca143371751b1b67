/**
 * What forwards packets of a host: devices go in, flows say what becomes of their packets, and what
 * has no flow comes up. The agent calls it. There are two, of one behaviour: {@code ebpf} on Linux,
 * {@code memory} for tests without a kernel.
 */
@NullMarked
package org.midonet.agent.datapath;

import org.jspecify.annotations.NullMarked;
