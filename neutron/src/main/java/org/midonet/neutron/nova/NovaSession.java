package org.midonet.neutron.nova;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Speaks to Nova in the name of its account: a Keystone v3 token, the compute endpoint of the
 * catalog, both kept until Nova refuses the token; safe to share between threads.
 */
final class NovaSession {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final NovaOptions options;
  private final HttpClient http;
  private @Nullable Access access;

  private record Access(String token, URI endpoint) {}

  NovaSession(NovaOptions options) {
    this.options = options;
    this.http =
        HttpClient.newBuilder()
            .connectTimeout(options.timeout())
            .sslContext(options.tls().context())
            .version(HttpClient.Version.HTTP_1_1)
            .build();
  }

  /**
   * Posts JSON to a path of the compute API.
   *
   * @throws IOException if Keystone or Nova cannot be reached, or Keystone refuses the account
   */
  HttpResponse<String> post(String path, Object body) throws IOException, InterruptedException {
    HttpResponse<String> response = tryPost(access(), path, body);
    if (response.statusCode() != 401) {
      return response;
    }
    forget();
    return tryPost(access(), path, body);
  }

  private HttpResponse<String> tryPost(Access with, String path, Object body)
      throws IOException, InterruptedException {
    return send(
        request(URI.create(with.endpoint() + path), body)
            .header("X-Auth-Token", with.token())
            .header("OpenStack-API-Version", "compute 2.1")
            .build());
  }

  private synchronized void forget() {
    access = null;
  }

  private synchronized Access access() throws IOException, InterruptedException {
    Access known = access;
    if (known == null) {
      known = authenticate();
      access = known;
    }
    return known;
  }

  private Access authenticate() throws IOException, InterruptedException {
    NovaOptions.Account account = options.account();
    String base = account.authUrl().toString().replaceFirst("/+$", "");
    URI tokens = URI.create((base.endsWith("/v3") ? base : base + "/v3") + "/auth/tokens");
    HttpResponse<String> response = send(request(tokens, account.login()).build());
    if (response.statusCode() != 201) {
      throw new IOException(
          "Keystone answered %d for %s".formatted(response.statusCode(), account));
    }
    String token =
        response
            .headers()
            .firstValue("X-Subject-Token")
            .orElseThrow(() -> new IOException("Keystone sent no token"));
    return new Access(token, endpoint(JSON.readTree(response.body()).at("/token/catalog")));
  }

  private URI endpoint(JsonNode catalog) throws IOException {
    String wanted = options.endpointType().replaceFirst("URL$", "");
    for (JsonNode service : catalog) {
      if (!service.path("type").asString("").equals("compute")) {
        continue;
      }
      for (JsonNode endpoint : service.path("endpoints")) {
        String region = endpoint.path("region_id").asString("");
        if (endpoint.path("interface").asString("").equals(wanted)
            && (options.regionName() == null || region.equals(options.regionName()))) {
          return URI.create(endpoint.path("url").asString("").replaceFirst("/+$", ""));
        }
      }
    }
    throw new IOException("Keystone's catalog has no %s endpoint of compute".formatted(wanted));
  }

  private HttpRequest.Builder request(URI uri, Object body) {
    return HttpRequest.newBuilder(uri)
        .timeout(options.timeout())
        .header("Content-Type", "application/json")
        .header("Accept", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)));
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    for (int attempt = 0; ; attempt++) {
      try {
        return http.send(request, HttpResponse.BodyHandlers.ofString());
      } catch (ConnectException e) {
        if (attempt >= options.httpRetries()) {
          throw new IOException("cannot connect to " + request.uri().getAuthority(), e);
        }
        TimeUnit.MILLISECONDS.sleep(500L << Math.min(attempt, 4));
      }
    }
  }
}
