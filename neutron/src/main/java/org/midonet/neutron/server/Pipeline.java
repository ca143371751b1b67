package org.midonet.neutron.server;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.midonet.neutron.auth.RequestContext;
import org.midonet.neutron.error.NeutronException;
import org.midonet.neutron.http.Handler;
import org.midonet.neutron.http.Request;
import org.midonet.neutron.http.Response;
import org.midonet.neutron.store.StoreUnavailable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens to a request around the API itself, one handler wrapped around the other; stateless.
 */
final class Pipeline {
  private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);
  private static final Logger ACCESS = LoggerFactory.getLogger("org.midonet.neutron.access");

  private Pipeline() {}

  /**
   * Versions and health check without authentication; everything else through the gate to the API.
   */
  static Handler of(
      Gate gate, BiFunction<Request, RequestContext, Response> api, RequestObserver observer) {
    Handler protectedApi = protect(gate, api);
    return observed(
        observer,
        request ->
            switch (request.path()) {
              case "/", "" -> versions(request);
              case "/healthcheck" -> health();
              default ->
                  request.path().startsWith("/v2.0") ? protectedApi.handle(request) : nowhere();
            });
  }

  private static Handler protect(Gate gate, BiFunction<Request, RequestContext, Response> api) {
    return request -> {
      String requestId = "req-" + UUID.randomUUID();
      Response answer =
          switch (gate.admit(request, requestId)) {
            case Gate.Admission.Refused refused -> refused.response();
            case Gate.Admission.Admitted admitted ->
                guarded(requestId, request, () -> api.apply(request, admitted.context()));
          };
      return answer.with("X-Openstack-Request-Id", requestId);
    };
  }

  /**
   * A refusal becomes its error body, a database that is away or has no room a 503, and anything
   * unexpected a 500 that tells the user nothing and the log everything.
   */
  private static Response guarded(String requestId, Request request, Supplier<Response> body) {
    try {
      return body.get();
    } catch (NeutronException e) {
      return Response.error(e);
    } catch (StoreUnavailable e) {
      LOG.error("{} {} {}: {}", requestId, request.method(), request.path(), e.getMessage());
      return Response.error(
          new NeutronException(
              503,
              "ServiceUnavailable",
              "The service is unavailable: its database cannot be used at present."));
    } catch (RuntimeException | StackOverflowError e) {
      LOG.error("{} {} {} failed", requestId, request.method(), request.path(), e);
      return Response.internalError();
    }
  }

  private static Handler observed(RequestObserver observer, Handler inner) {
    return request -> {
      long begin = System.nanoTime();
      Response answer = inner.handle(request);
      long took = System.nanoTime() - begin;
      observer.answered(request, answer.status(), took);
      if (ACCESS.isInfoEnabled()) {
        ACCESS.info(
            "{} \"{} {}\" status: {} len: {} time: {}",
            request.peer(),
            request.method(),
            request.rawQuery().isEmpty()
                ? request.path()
                : request.path() + "?" + request.rawQuery(),
            answer.status(),
            answer.content().length(),
            took / 1e9);
      }
      return answer;
    };
  }

  private static Response versions(Request request) {
    Map<String, Object> link = new LinkedHashMap<>();
    link.put("rel", "self");
    link.put("href", request.base() + "/v2.0/");
    Map<String, Object> version = new LinkedHashMap<>();
    version.put("id", "v2.0");
    version.put("status", "CURRENT");
    version.put("links", List.of(link));
    return Response.json(200, Map.of("versions", List.of(version)));
  }

  private static Response health() {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("detailed", false);
    body.put("reasons", List.of("OK"));
    return Response.json(200, body);
  }

  private static Response nowhere() {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("code", 404);
    body.put("title", "Not Found");
    body.put("description", null);
    return Response.json(404, body);
  }
}
