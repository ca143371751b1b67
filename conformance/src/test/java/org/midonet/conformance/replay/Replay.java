package org.midonet.conformance.replay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.StringNode;

/**
 * Sends samples to a server in order and compares its answers; not safe to share between threads.
 */
final class Replay {

  private static final JsonMapper JSON = new JsonMapper();
  private static final List<String> COMPARED_HEADERS = List.of("content-type", "www-authenticate");
  private static final String REQUEST_ID = "x-openstack-request-id";

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI server;
  private final Map<String, String> tokens;
  private final Rules rules;
  private final Identities identities;

  /**
   * @param server the Networking API's root
   * @param tokens what to send for each recorded token ({@code <admin token>} ...)
   */
  Replay(URI server, Map<String, String> tokens, Rules rules, Identities identities) {
    this.server = server;
    this.tokens = tokens;
    this.rules = rules;
    this.identities = identities;
  }

  /** The outcome of one sample. */
  record Outcome(Sample sample, int status, List<Difference> differences) {

    boolean differs() {
      return !differences.isEmpty();
    }

    @Override
    public String toString() {
      return sample.toString();
    }
  }

  Outcome run(Sample sample) {
    HttpResponse<String> answer = send(sample);
    JsonNode body = parse(answer.body());
    var differences = new ArrayList<Difference>();
    Set<Integer> right = rules.correction(sample).orElse(Set.of(sample.status()));
    if (!right.contains(answer.statusCode())) {
      differences.add(
          new Difference(
              Difference.Kind.STATUS,
              "status",
              right.toString(),
              answer.statusCode() + " " + answer.body()));
    }
    if (rules.correction(sample).isEmpty()) {
      differences.addAll(headers(sample, answer));
      if (differences.stream().noneMatch(each -> each.kind() == Difference.Kind.STATUS)) {
        differences.addAll(BodyComparison.compare(rules, identities, sample, body));
      }
    }
    return new Outcome(sample, answer.statusCode(), differences);
  }

  private HttpResponse<String> send(Sample sample) {
    var request =
        HttpRequest.newBuilder(server.resolve(identities.translate(sample.path())))
            .timeout(Duration.ofSeconds(60))
            .method(sample.method(), body(sample));
    sample
        .headers()
        .forEach((name, value) -> request.header(name, tokens.getOrDefault(value, value)));
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(sample + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted in " + sample, e);
    }
  }

  private HttpRequest.BodyPublisher body(Sample sample) {
    if (sample.body().isNull()) {
      return HttpRequest.BodyPublishers.noBody();
    }
    String text = sample.body().isString() ? sample.body().stringValue() : sample.body().toString();
    return HttpRequest.BodyPublishers.ofString(identities.translate(text));
  }

  private static JsonNode parse(String body) {
    if (body.isEmpty()) {
      return StringNode.valueOf("");
    }
    try {
      return JSON.readTree(body);
    } catch (JacksonException e) {
      return StringNode.valueOf(body);
    }
  }

  private static List<Difference> headers(Sample sample, HttpResponse<String> answer) {
    return Stream.concat(COMPARED_HEADERS.stream(), Stream.of(REQUEST_ID))
        .flatMap(name -> {
          String recorded = comparable(name, sample.answerHeaders().getOrDefault(name, ""));
          String actual = comparable(name, answer.headers().firstValue(name).orElse(""));
          return recorded.equals(actual)
              ? Stream.empty()
              : Stream.of(new Difference(Difference.Kind.HEADER, name, recorded, actual));
        })
        .toList();
  }

  /**
   * The part of a header that does not depend on the run: a media type, a scheme, that an id is
   * there.
   */
  private static String comparable(String name, String value) {
    if (name.equals(REQUEST_ID)) {
      return value.startsWith("req-") ? "req-" : value;
    }
    return value.split("[; ]", 2)[0];
  }
}
