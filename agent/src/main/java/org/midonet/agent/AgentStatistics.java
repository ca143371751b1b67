package org.midonet.agent;

import org.midonet.agent.forward.ForwardingStatistics;
import org.midonet.agent.forward.Timings;

/**
 * What an agent has done and what it holds. Immutable, safe to share.
 *
 * @param plugging how long it took from a binding and its interface to a port that forwards
 * @param bound ports that are bound to this host
 * @param attached those whose interface is there
 * @param active those that forward
 */
public record AgentStatistics(
    ForwardingStatistics forwarding,
    Timings.Snapshot plugging,
    int bound,
    int attached,
    int active) {}
