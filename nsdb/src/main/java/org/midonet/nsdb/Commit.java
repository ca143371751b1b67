package org.midonet.nsdb;

import java.util.List;

/**
 * A transaction that was carried out. Immutable, safe to share.
 *
 * @param before the snapshot that the operations were computed on
 * @param after the snapshot that has their effect
 * @param changes what differs; empty when the operations came to nothing
 */
public record Commit(Topology before, Topology after, List<Change> changes) {}
