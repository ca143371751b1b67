package org.midonet.cluster.core;

import java.util.List;
import java.util.function.Function;
import org.midonet.cluster.api.Links;
import org.midonet.nsdb.Nsdb;
import org.midonet.nsdb.Operation;

/** Reads and changes the topology for requests; immutable and safe to share. */
record Store(Nsdb nsdb) {
  /** The topology as it is now. */
  View view(Links links) {
    return new View(nsdb.topology(), links);
  }

  /**
   * Changes the topology in one transaction.
   *
   * @param change makes the operations of the topology it is given; it may be asked again when
   *     another change came in between
   * @throws org.midonet.nsdb.NsdbException when a rule of the store forbids it
   */
  void write(Links links, Function<View, List<Operation>> change) {
    nsdb.commit(topology -> change.apply(new View(topology, links)));
  }
}
