package org.midonet.neutron.store;

/**
 * Connections of a database at one moment. Immutable, safe to share.
 *
 * @param open all that there are
 * @param busy those with a transaction
 * @param waiting threads that wait for one
 * @param most how many there may be
 */
public record ConnectionCounts(int open, int busy, int waiting, int most) {}
