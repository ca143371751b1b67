package org.midonet.plugin.client.api;

import java.net.URI;
import org.midonet.neutron.service.Session;
import org.midonet.neutron.service.Sessions;
import org.midonet.plugin.client.MidonetCall;
import org.midonet.plugin.client.MidonetClient;
import org.midonet.plugin.client.MidonetException;
import org.midonet.plugin.client.MidonetResource;
import org.midonet.plugin.client.MidonetSettings;

/**
 * Tells a MidoNet 5.x over its REST API, after the commit. Safe to share between threads.
 *
 * <p>A call takes one HTTP request, plus login and discovery before the first one, and ends within
 * {@link MidonetSettings#callTimeout()}. Nothing is repeated except a request that MidoNet refused
 * with 401, once, after a new login. What MidoNet refuses is a {@link MidonetException} with its
 * status and words.
 */
public final class MidonetApiClient implements MidonetClient {

  private static final String ROUTER_INTERFACE = "RouterInterface";

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
    ApiRequest request = request(call, discovery.neutron(deadline));
    ApiResponse response = login.send(request, deadline);
    if (!response.isSuccess()) {
      throw Answers.refusal(settings.midonetUri(), request, response, "");
    }
  }

  private static ApiRequest request(MidonetCall call, Links neutron) {
    return switch (call) {
      case MidonetCall.Create create ->
          ApiRequest.post(
              collection(neutron, create.resource()),
              mediaType(create.resource().mediaName()),
              Answers.json(create.body()));
      case MidonetCall.CreateAll create ->
          ApiRequest.post(
              collection(neutron, create.resource()),
              mediaType(create.resource().mediaName() + "s"),
              Answers.json(create.bodies()));
      case MidonetCall.Update update ->
          ApiRequest.put(
              item(neutron, update.resource(), update.id()),
              mediaType(update.resource().mediaName()),
              Answers.json(update.body()));
      case MidonetCall.Delete delete ->
          ApiRequest.delete(item(neutron, delete.resource(), delete.id()));
      case MidonetCall.AddRouterInterface add ->
          ApiRequest.put(
              neutron.item("add_router_interface_template", add.routerId()),
              mediaType(ROUTER_INTERFACE),
              Answers.json(add.body()));
      case MidonetCall.RemoveRouterInterface remove ->
          ApiRequest.put(
              neutron.item("remove_router_interface_template", remove.routerId()),
              mediaType(ROUTER_INTERFACE),
              Answers.json(remove.body()));
    };
  }

  private static URI collection(Links neutron, MidonetResource resource) {
    return neutron.link(resource.singular() + "s");
  }

  private static URI item(Links neutron, MidonetResource resource, String id) {
    return neutron.item(resource.singular() + "_template", id);
  }

  private static String mediaType(String name) {
    return "application/vnd.org.midonet.neutron." + name + "-v1+json";
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
