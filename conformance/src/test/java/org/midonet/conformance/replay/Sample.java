package org.midonet.conformance.replay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A recorded request with the reference server's answer; immutable.
 *
 * @param number its place in the series, from the file's name
 * @param name what it is about
 * @param method HTTP method
 * @param path path with query
 * @param headers request headers; a token stands as {@code <admin token>}
 * @param body JSON, a string to be sent as it is, or null for none
 * @param status recorded status
 * @param answerHeaders recorded headers, names in lower case
 * @param answer recorded body: JSON, or a string when it was none
 */
record Sample(
    String number,
    String name,
    String method,
    String path,
    Map<String, String> headers,
    JsonNode body,
    int status,
    Map<String, String> answerHeaders,
    JsonNode answer) {

  private static final JsonMapper JSON = new JsonMapper();

  /** All samples of a folder in the order in which they were recorded. */
  static List<Sample> readAll(Path folder) {
    try (var files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .sorted()
          .map(Sample::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Sample read(Path file) {
    JsonNode content = JSON.readTree(file.toFile());
    JsonNode request = content.get("request");
    JsonNode response = content.get("response");
    return new Sample(
        file.getFileName().toString().substring(0, 3),
        content.get("name").stringValue(),
        request.get("method").stringValue(),
        request.get("path").stringValue(),
        strings(request.get("headers"), false),
        request.get("body"),
        response.get("status").intValue(),
        strings(response.get("headers"), true),
        response.get("body"));
  }

  private static Map<String, String> strings(JsonNode object, boolean lowerCase) {
    var strings = new LinkedHashMap<String, String>();
    object
        .properties()
        .forEach(entry ->
            strings.put(
                lowerCase ? entry.getKey().toLowerCase(java.util.Locale.ROOT) : entry.getKey(),
                entry.getValue().stringValue()));
    return strings;
  }

  /** The list may have an order that the request asked for. */
  boolean ordered() {
    return path.contains("sort_key");
  }

  @Override
  public String toString() {
    return number + " " + name;
  }
}
