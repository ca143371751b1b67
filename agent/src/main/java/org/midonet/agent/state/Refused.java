package org.midonet.agent.state;

/**
 * How much was not kept as {@link StateLimits} were reached. Immutable, safe to share.
 *
 * @param connections connections and translations, whose packets were dropped
 * @param addresses MACs and neighbours, to which packets go by flooding or not at all
 */
public record Refused(long connections, long addresses) {}
