package org.midonet.nsdb;

/** A watcher's place in the stream of changes. Safe to share. */
public interface Subscription extends AutoCloseable {
  /** The snapshot from which the changes start. */
  Topology start();

  /** Ends the calls; one that is under way may still finish. */
  @Override
  void close();
}
