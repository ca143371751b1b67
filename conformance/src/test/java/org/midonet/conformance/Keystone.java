package org.midonet.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import tools.jackson.databind.json.JsonMapper;

/**
 * A running keystone; safe to share between threads.
 *
 * @param url its v3 API
 */
public record Keystone(String url) {

  /** The password of every user of the test deployment. */
  public static final String PASSWORD = "secret";

  private static final JsonMapper JSON = new JsonMapper();

  /** A token and the project for which it was issued. */
  public record Token(String value, String projectId) {}

  /** Gets a token for a user of the default domain. */
  public Token token(String user, String project) {
    String body =
        """
        {"auth": {"identity": {"methods": ["password"], "password": {"user":
          {"name": "%s", "domain": {"id": "default"}, "password": "%s"}}},
          "scope": {"project": {"name": "%s", "domain": {"id": "default"}}}}}
        """
            .formatted(user, PASSWORD, project);
    var request =
        HttpRequest.newBuilder(URI.create(url + "/auth/tokens"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try (var client = HttpClient.newHttpClient()) {
      var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      String token = answer.headers().firstValue("X-Subject-Token").orElseThrow();
      String id = JSON.readTree(answer.body()).at("/token/project/id").stringValue();
      return new Token(token, id);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a token", e);
    }
  }
}
