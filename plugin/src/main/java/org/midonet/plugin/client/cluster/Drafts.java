package org.midonet.plugin.client.cluster;

import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.midonet.plugin.client.MidonetCall;
import org.midonet.plugin.client.MidonetResource;
import org.midonet.plugin.client.PoolMonitors;
import tools.jackson.databind.json.JsonMapper;

/** The tasks that a call becomes (spec section 3.6.1). Pure functions, safe to share. */
public final class Drafts {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String ROUTER_INTERFACE = "ROUTERINTERFACE";

  private Drafts() {}

  /**
   * The tasks, in order; none for a router's interface that goes, since it goes with its port, of
   * which there is a task.
   *
   * @param words what the importer can read
   */
  public static Stream<Task.Draft> of(MidonetCall call, Importable words) {
    return switch (call) {
      case MidonetCall.Create create ->
          Stream.of(draft(Task.CREATE, create.resource(), create.body(), words));
      case MidonetCall.CreateAll all ->
          all.bodies().stream().map(body -> draft(Task.CREATE, all.resource(), body, words));
      case MidonetCall.Update update ->
          Stream.of(draft(Task.UPDATE, update.resource(), update.body(), words));
      case MidonetCall.Delete delete ->
          Stream.of(new Task.Draft(Task.DELETE, dataType(delete.resource()), null, delete.id()));
      case MidonetCall.AddRouterInterface add ->
          Stream.of(
              new Task.Draft(
                  Task.CREATE,
                  ROUTER_INTERFACE,
                  JSON.writeValueAsString(add.body()),
                  add.routerId()));
      case MidonetCall.RemoveRouterInterface remove -> Stream.of();
      case MidonetCall.AddPoolMonitor add ->
          PoolMonitors.calls(add).flatMap(part -> of(part, words));
      case MidonetCall.RemovePoolMonitor remove ->
          PoolMonitors.calls(remove).flatMap(part -> of(part, words));
    };
  }

  private static Task.Draft draft(
      String type, MidonetResource resource, Map<String, @Nullable Object> body, Importable words) {
    return new Task.Draft(
        type,
        dataType(resource),
        JSON.writeValueAsString(words.body(resource, body)),
        String.valueOf(body.get("id")));
  }

  /** Importers know kinds by their names without underscores: {@code FLOATINGIP}. */
  private static String dataType(MidonetResource resource) {
    return resource.name().replace("_", "");
  }
}
