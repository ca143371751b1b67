/**
 * The topology store (NSDB): immutable snapshots of the virtual topology, transactions that keep
 * references whole, state tables, state that hosts publish, and watches. The cluster writes it, the
 * agent follows it. {@link org.midonet.nsdb.Topology} is pure; what does I/O is behind {@link
 * org.midonet.nsdb.Nsdb}.
 */
@NullMarked
package org.midonet.nsdb;

import org.jspecify.annotations.NullMarked;
