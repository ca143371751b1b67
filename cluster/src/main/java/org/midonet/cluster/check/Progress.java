package org.midonet.cluster.check;

/** Hears how far long work is. Called by one thread. */
@FunctionalInterface
public interface Progress {
  /** Nobody listens. */
  Progress NONE = (work, done, all) -> {};

  /**
   * Some of it is done.
   *
   * @param work what is being done, as {@code translating}
   */
  void at(String work, int done, int all);
}
