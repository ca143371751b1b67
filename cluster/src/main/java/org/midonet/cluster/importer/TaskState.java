package org.midonet.cluster.importer;

import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import org.midonet.nsdb.Operation;
import org.midonet.nsdb.Topology;
import org.midonet.topology.NeutronObject;
import org.midonet.topology.ObjectType;

/**
 * How far the import is, as the topology itself says: it changes together with the effect of the
 * tasks. Pure functions, safe to share between threads.
 */
public final class TaskState {
  /** The one object of its kind. */
  private static final UUID ID = UUID.fromString("00000000-0000-0000-0000-000000000001");

  private static final String LAST = "last_processed_task_id";
  private static final String REQUEST = "last_request";

  private TaskState() {}

  /** The last task whose effect a topology has; empty for one that was never filled. */
  public static OptionalInt last(Topology topology) {
    NeutronObject state = topology.find(ObjectType.TASK_STATE, ID);
    return state != null && state.get(LAST) instanceof Long last
        ? OptionalInt.of(Math.toIntExact(last))
        : OptionalInt.empty();
  }

  /**
   * The request that the last task was of, by which tasks of one id in two databases are told
   * apart; empty if that is not known.
   */
  public static String request(Topology topology) {
    NeutronObject state = topology.find(ObjectType.TASK_STATE, ID);
    String request = state == null ? null : state.text(REQUEST);
    return request == null ? "" : request;
  }

  /** Notes that a topology has the effect of all tasks up to one. */
  public static Operation reached(Topology topology, int task) {
    return reached(topology, task, "");
  }

  /**
   * Notes that a topology has the effect of all tasks up to one.
   *
   * @param request of that task; empty if it is not known
   */
  public static Operation reached(Topology topology, int task, String request) {
    NeutronObject state =
        new NeutronObject(ObjectType.TASK_STATE, ID, Map.of(LAST, (long) task, REQUEST, request));
    return topology.has(ObjectType.TASK_STATE, ID)
        ? new Operation.Update(state)
        : new Operation.Create(state);
  }
}
