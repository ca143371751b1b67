package org.midonet.agent.flow;

import java.util.ArrayList;
import java.util.List;

/**
 * What is done to each packet of a flow, in order; nothing sent means dropped. Immutable, safe to
 * share.
 *
 * <p>Checks ({@link Action.CheckMtu}, {@link Action.DecrementTtl}) stand before everything else, so
 * that a packet that fails one comes up unchanged; the constructor moves them there.
 */
public record Actions(List<Action> list) {
  public static final Actions DROP = new Actions(List.of());

  /**
   * @throws IllegalArgumentException if a check follows an output
   */
  public Actions {
    list = checksFirst(list);
  }

  public static Actions of(Action... actions) {
    return new Actions(List.of(actions));
  }

  /** Whether packets are dropped. */
  public boolean isDrop() {
    return list.stream().noneMatch(Action::isOutput);
  }

  private static List<Action> checksFirst(List<Action> actions) {
    List<Action> sorted = new ArrayList<>(actions.size());
    boolean output = false;
    for (Action action : actions) {
      if (isCheck(action)) {
        if (output) {
          throw new IllegalArgumentException(action + " follows an output");
        }
        sorted.add(action);
      }
      output |= action.isOutput();
    }
    for (Action action : actions) {
      if (!isCheck(action)) {
        sorted.add(action);
      }
    }
    return List.copyOf(sorted);
  }

  private static boolean isCheck(Action action) {
    return action instanceof Action.CheckMtu || action instanceof Action.DecrementTtl;
  }
}
