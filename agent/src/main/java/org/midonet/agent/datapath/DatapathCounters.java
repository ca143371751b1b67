package org.midonet.agent.datapath;

/**
 * Packets since the datapath began. Immutable, safe to share.
 *
 * @param hits found their flow
 * @param misses came up, or would have but for a full ring or their size
 * @param rateLimited would have come up, but their port had used up its share
 * @param ringFull were lost because the agent did not keep up
 * @param malformed had headers cut short or wrong
 * @param tooLong would have come up, but were too long for it
 * @param noPort went to a port that is not attached
 * @param dropped had a flow that sends nothing
 * @param errors were lost to anything else
 * @param begun began a connection by a template
 */
public record DatapathCounters(
    long hits,
    long misses,
    long rateLimited,
    long ringFull,
    long malformed,
    long tooLong,
    long noPort,
    long dropped,
    long errors,
    long begun) {}
