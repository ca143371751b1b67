package org.midonet.cluster.api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.midonet.neutron.http.Handler;
import org.midonet.neutron.http.Request;
import org.midonet.neutron.http.Response;
import org.midonet.nsdb.NsdbException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers everything below the root of the API: who may, what is there, what went wrong; safe to
 * share between threads.
 */
public final class MidonetApi implements Handler {
  private static final Logger LOG = LoggerFactory.getLogger(MidonetApi.class);

  /** Pages of any origin may use the API, as with MidoNet's own. */
  private static final Map<String, String> CORS = new LinkedHashMap<>();

  static {
    CORS.put("Access-Control-Allow-Origin", "*");
    CORS.put(
        "Access-Control-Allow-Headers",
        "Origin, X-Auth-Token, Content-Type, Accept, Authorization");
    CORS.put("Access-Control-Allow-Methods", "GET, POST, PUT, DELETE, OPTIONS");
    CORS.put("Access-Control-Expose-Headers", "Location");
  }

  private final String root;
  private final ApiAuth auth;
  private final Login login;
  private final Routes routes;

  /**
   * Makes an API.
   *
   * @param root the path all others begin with, such as {@code /midonet-api}
   * @param endpoints what there is; of those that match a path the first answers
   */
  public MidonetApi(String root, ApiAuth auth, List<Endpoint> endpoints) {
    this.root = root;
    this.auth = auth;
    this.login = new Login(auth);
    this.routes = new Routes(endpoints);
  }

  @Override
  public Response handle(Request request) {
    Response answer = refusals(request);
    Map<String, String> headers = new LinkedHashMap<>(answer.headers());
    headers.putAll(CORS);
    return new Response(answer.status(), headers, answer.body());
  }

  private Response refusals(Request request) {
    try {
      return answer(request);
    } catch (ApiException e) {
      return Answers.error(e);
    } catch (NsdbException e) {
      return Answers.error(status(e), String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      LOG.error("{} {} failed", request.method(), request.path(), e);
      return Answers.error(500, "Internal server error; the log of the server tells more.");
    }
  }

  private Response answer(Request request) {
    if (request.method().equals("OPTIONS")) {
      return Response.empty(200);
    }
    String path = request.path();
    if (!path.equals(root) && !path.startsWith(root + "/")) {
      return Answers.error(404, "The MidoNet API is at " + root + "/");
    }
    Request inside = request.withPath(path.substring(root.length()));
    if (inside.path().equals("/login")) {
      return login.answer(inside);
    }
    auth.admit(inside);
    Routes.Found found = routes.find(inside.path());
    return found
        .endpoint()
        .answer(new Call(inside, found.path(), new Links(request.base() + root)));
  }

  /** The one place that says how a refusal of the store is answered. */
  private static int status(NsdbException e) {
    return switch (e.kind()) {
      case NOT_FOUND -> 404;
      case EXISTS, REFERENCE_CONFLICT, IN_USE -> 409;
      case TOO_LARGE -> 413;
      case UNAVAILABLE, FOREIGN -> 503;
    };
  }
}
