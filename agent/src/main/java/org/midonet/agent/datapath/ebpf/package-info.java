/**
 * The datapath in the kernel: a program on the ingress of each device, with the flows in maps. What
 * is kept in the kernel is pinned, so that forwarding goes on without the agent. The agent opens
 * {@link org.midonet.agent.datapath.ebpf.EbpfDatapath}; all else is its parts, and the layouts that
 * they share with {@code flow_cache.c}.
 */
@NullMarked
package org.midonet.agent.datapath.ebpf;

import org.jspecify.annotations.NullMarked;
