package org.midonet.neutron.server;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.config.CorsConfig;
import org.midonet.neutron.http.Handler;
import org.midonet.neutron.http.Request;
import org.midonet.neutron.http.Response;

/**
 * Lets web pages of configured origins call the API from a browser, by the rules of W3C
 * "Cross-Origin Resource Sharing" (2014) sections 6.1 and 6.2; immutable and safe to share.
 */
final class Cors implements Handler {
  private static final List<String> SIMPLE_HEADERS =
      List.of(
          "ACCEPT",
          "ACCEPT-LANGUAGE",
          "CONTENT-TYPE",
          "CACHE-CONTROL",
          "CONTENT-LANGUAGE",
          "EXPIRES",
          "LAST-MODIFIED",
          "PRAGMA");

  private final Map<String, CorsConfig.Policy> byOrigin = new HashMap<>();
  private final Handler inner;

  private Cors(CorsConfig config, Handler inner) {
    this.inner = inner;
    for (CorsConfig.Policy policy : config.policies()) {
      policy.allowedOrigins().forEach(origin -> byOrigin.putIfAbsent(origin, policy));
    }
  }

  /** The handler itself where no origin is configured. */
  static Handler around(CorsConfig config, Handler inner) {
    return config.policies().isEmpty() ? inner : new Cors(config, inner);
  }

  @Override
  public Response handle(Request request) {
    Response answer = inner.handle(request);
    if (request.method().equals("OPTIONS")) {
      boolean fine = answer.status() >= 200 && answer.status() < 300;
      return preflight(request, fine ? answer : Response.empty(200));
    }
    String origin = request.header("origin");
    CorsConfig.Policy policy = policy(origin);
    if (origin == null || policy == null) {
      return answer;
    }
    Map<String, String> headers = permission(origin, policy);
    if (!policy.exposeHeaders().isEmpty()) {
      headers.put("Access-Control-Expose-Headers", String.join(",", policy.exposeHeaders()));
    }
    return with(answer, headers);
  }

  private Response preflight(Request request, Response answer) {
    String origin = request.header("origin");
    String method = request.header("access-control-request-method");
    CorsConfig.Policy policy = policy(origin);
    if (origin == null
        || method == null
        || policy == null
        || !policy.allowMethods().contains(method)) {
      return answer;
    }
    List<String> asked = list(request.header("access-control-request-headers"));
    List<String> allowed = new ArrayList<>(SIMPLE_HEADERS);
    policy.allowHeaders().forEach(name -> allowed.add(name.toUpperCase(Locale.ROOT)));
    if (!asked.stream().allMatch(name -> allowed.contains(name.toUpperCase(Locale.ROOT)))) {
      return answer;
    }
    Map<String, String> headers = permission(origin, policy);
    if (!policy.maxAge().isZero()) {
      headers.put("Access-Control-Max-Age", String.valueOf(policy.maxAge().toSeconds()));
    }
    headers.put("Access-Control-Allow-Methods", method);
    if (!asked.isEmpty()) {
      headers.put("Access-Control-Allow-Headers", String.join(",", asked));
    }
    return with(answer, headers);
  }

  private Map<String, String> permission(String origin, CorsConfig.Policy policy) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Vary", "Origin");
    headers.put("Access-Control-Allow-Origin", byOrigin.containsKey(origin) ? origin : "*");
    if (policy.allowCredentials()) {
      headers.put("Access-Control-Allow-Credentials", "true");
    }
    return headers;
  }

  private CorsConfig.@Nullable Policy policy(@Nullable String origin) {
    if (origin == null) {
      return null;
    }
    CorsConfig.Policy exact = byOrigin.get(origin);
    return exact != null ? exact : byOrigin.get("*");
  }

  private static List<String> list(@Nullable String header) {
    return header == null
        ? List.of()
        : Arrays.stream(header.split(",", -1))
            .map(String::strip)
            .filter(name -> !name.isEmpty())
            .toList();
  }

  private static Response with(Response answer, Map<String, String> headers) {
    Map<String, String> all = new LinkedHashMap<>(answer.headers());
    all.putAll(headers);
    return new Response(answer.status(), all, answer.content());
  }
}
