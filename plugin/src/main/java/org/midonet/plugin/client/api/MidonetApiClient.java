package org.midonet.plugin.client.api;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.service.Session;
import org.midonet.neutron.service.Sessions;
import org.midonet.plugin.client.MidonetCall;
import org.midonet.plugin.client.MidonetClient;
import org.midonet.plugin.client.MidonetException;
import org.midonet.plugin.client.MidonetResource;
import org.midonet.plugin.client.MidonetSettings;
import org.midonet.plugin.client.PoolMonitors;
import org.midonet.plugin.client.api.Discovery.Midonet;

/**
 * Tells a MidoNet over its REST API, after the commit. Safe to share between threads.
 *
 * <p>A call takes one HTTP request, or two where a health monitor joins or leaves pools, plus login
 * and discovery before the first one, and ends within {@link MidonetSettings#callTimeout()}.
 * Nothing is repeated except a request that MidoNet refused with 401, once, after a new login. What
 * MidoNet refuses is a {@link MidonetException} with its status and words.
 */
public final class MidonetApiClient implements MidonetClient {

  private final MidonetSettings settings;
  private final Transport transport;
  private final Login login;
  private final Discovery discovery;

  public MidonetApiClient(MidonetSettings settings) {
    this.settings = settings;
    this.transport = new Transport(settings);
    this.login = new Login(settings, transport);
    this.discovery = new Discovery(settings.midonetUri(), login);
  }

  @Override
  public void initialize(Sessions sessions) {}

  @Override
  public void precommit(Session session, MidonetCall call) {}

  @Override
  public void postcommit(MidonetCall call) {
    if (call instanceof MidonetCall.About about
        && about.resource() == MidonetResource.AGENT_MEMBERSHIP) {
      return; // hosts join over MidoNet's own API, as in the original
    }
    Deadline deadline = Deadline.after(settings.callTimeout());
    Midonet midonet = discovery.midonet(deadline);
    try {
      for (MidonetCall spoken : spoken(call, midonet.dialect())) {
        ApiRequest request = Requests.of(spoken, midonet.neutron());
        ApiResponse response = login.send(request, deadline);
        if (!response.isSuccess()) {
          throw Answers.refusal(settings.midonetUri(), request, response, "");
        }
        check(spoken, response, midonet.dialect());
      }
    } catch (Dialect.Lacking e) {
      throw MidonetException.refused(
          501, "MidoNet at %s is %s".formatted(settings.midonetUri(), e.getMessage()));
    }
  }

  /** The call as this MidoNet reads it: one request for each. */
  private static List<MidonetCall> spoken(MidonetCall call, Dialect dialect) {
    return switch (call) {
      case MidonetCall.Create(MidonetResource resource, Map<String, @Nullable Object> body) ->
          List.of(new MidonetCall.Create(resource, dialect.body(resource, body)));
      case MidonetCall.Update(MidonetResource resource, Map<String, @Nullable Object> body) ->
          List.of(new MidonetCall.Update(resource, dialect.body(resource, body)));
      case MidonetCall.CreateAll all -> {
        all.bodies().forEach(body -> dialect.body(all.resource(), body));
        yield List.of(all);
      }
      case MidonetCall.AddPoolMonitor add -> {
        dialect.body(MidonetResource.HEALTH_MONITOR, add.body());
        yield dialect.joinsMonitors()
            ? List.of(PoolMonitors.alone(add.body()), add)
            : PoolMonitors.calls(add).toList();
      }
      case MidonetCall.RemovePoolMonitor remove ->
          dialect.joinsMonitors()
              ? List.of(remove, new MidonetCall.Delete(MidonetResource.HEALTH_MONITOR, remove.id()))
              : PoolMonitors.calls(remove).toList();
      case MidonetCall.Delete delete -> List.of(delete);
      case MidonetCall.AddRouterInterface add -> List.of(add);
      case MidonetCall.RemoveRouterInterface remove -> List.of(remove);
    };
  }

  /** MidoNet 5.4 makes a rule for any protocol of one whose protocol it does not know. */
  private static void check(MidonetCall call, ApiResponse response, Dialect dialect) {
    if (call instanceof MidonetCall.Create create
        && create.resource() == MidonetResource.SECURITY_GROUP_RULE) {
      dialect.requireStored(create.body(), Answers.value(response));
    }
    if (call instanceof MidonetCall.CreateAll all
        && Answers.value(response) instanceof List<?> stored
        && stored.size() == all.bodies().size()) {
      for (int i = 0; i < stored.size(); i++) {
        dialect.requireStored(all.bodies().get(i), stored.get(i));
      }
    }
  }

  @Override
  public String describe() {
    return "MidoNet is told over REST at " + settings.midonetUri();
  }

  /** Ends the connections; a call in flight fails. */
  @Override
  public void close() {
    transport.close();
  }
}
