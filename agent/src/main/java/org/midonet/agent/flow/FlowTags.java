package org.midonet.agent.flow;

import java.util.AbstractSet;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Set;

/**
 * The tags of a flow: some of its own, and those that it has in common with others, which are there
 * once. Immutable, safe to share.
 */
public final class FlowTags extends AbstractSet<FlowTag> {
  private final FlowTag[] own;
  private final Set<FlowTag> shared;

  /**
   * @param own nobody else's from now on, and none of them among the shared
   * @param shared immutable
   */
  public FlowTags(FlowTag[] own, Set<FlowTag> shared) {
    this.own = own;
    this.shared = shared;
  }

  @Override
  public int size() {
    return own.length + shared.size();
  }

  @Override
  public boolean contains(Object tag) {
    for (FlowTag each : own) {
      if (each.equals(tag)) {
        return true;
      }
    }
    return shared.contains(tag);
  }

  @Override
  public Iterator<FlowTag> iterator() {
    Iterator<FlowTag> rest = shared.iterator();
    return new Iterator<>() {
      private int next;

      @Override
      public boolean hasNext() {
        return next < own.length || rest.hasNext();
      }

      @Override
      public FlowTag next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        return next < own.length ? own[next++] : rest.next();
      }
    };
  }
}
