package org.midonet.agent.sim;

import java.util.List;
import java.util.UUID;
import org.midonet.topology.Rule;

/**
 * A chain prepared for many packets. Immutable, safe to share.
 *
 * @param name for traces
 */
record RuleChain(UUID id, String name, List<Entry> rules) {
  RuleChain {
    rules = List.copyOf(rules);
  }

  /** A rule and its condition. */
  record Entry(Rule rule, Matcher matcher) {
    static Entry of(Rule rule) {
      return new Entry(rule, new Matcher(rule.condition()));
    }
  }
}
