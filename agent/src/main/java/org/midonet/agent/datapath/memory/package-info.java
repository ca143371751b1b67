/**
 * The datapath without a kernel, with the behaviour of the one in it: frames are arrays and devices
 * are queues. Tests of the agent use it.
 */
@NullMarked
package org.midonet.agent.datapath.memory;

import org.jspecify.annotations.NullMarked;
