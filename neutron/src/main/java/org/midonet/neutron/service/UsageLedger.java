package org.midonet.neutron.service;

import java.util.SortedMap;

/** Books how much projects have. Implementations are safe to share. */
@FunctionalInterface
public interface UsageLedger {
  /**
   * Books what a session changed, before its commit.
   *
   * @param changes by how much the usages grew; negative for less, never 0. Sorted: all sessions
   *     lock in one order
   */
  void settle(Session session, SortedMap<Usage, Long> changes);
}
