package org.midonet.cluster.golden;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.midonet.cluster.api.TestApi.Reply;
import tools.jackson.databind.json.JsonMapper;

/**
 * An answer as status-probes.txt has it: status, the headers that say something, and the beginning
 * of the body. What varies from run to run (addresses of hosts, random ids) is replaced.
 */
record Probe(String request, int status, Map<String, String> headers, String body) {
  private static final Pattern LINE = Pattern.compile("(\\S+ \\S+ \\S+) -> (\\d+) \\{(.*?)} (.*)");
  private static final Pattern HEADER = Pattern.compile("'([^']+)': '([^']*)'");
  private static final List<String> HEADERS =
      List.of("Set-Cookie", "Content-Type", "WWW-Authenticate", "Location", "Allow");

  /** Reads a line. */
  static Probe parse(String line) {
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not a probe: " + line);
    }
    Map<String, String> headers = new TreeMap<>();
    Matcher header = HEADER.matcher(matcher.group(3));
    while (header.find()) {
      headers.put(header.group(1), steady(header.group(2)));
    }
    return new Probe(
        steady(matcher.group(1)),
        Integer.parseInt(matcher.group(2)),
        headers,
        steady(matcher.group(4)));
  }

  /** What an answer looks like beside a recorded one. */
  static Probe of(Probe recorded, Reply reply) {
    Map<String, String> headers = new TreeMap<>();
    for (String name : HEADERS) {
      String value = reply.header(name);
      if (value != null) {
        headers.put(name, steady(value));
      }
    }
    // Bodies were cut off after some characters.
    String body = steady(body(reply));
    int length = Math.min(body.length(), recorded.body.length());
    return new Probe(recorded.request, reply.status(), headers, body.substring(0, length));
  }

  private static String body(Reply reply) {
    if (reply.text().isEmpty()) {
      // The recording client took an answer without a body for an error where it had no type.
      return reply.status() >= 400 ? "\"\"" : "null";
    }
    return python(reply.json());
  }

  /** JSON with the blanks that the recording client put. */
  static String python(@Nullable Object json) {
    return switch (json) {
      case null -> "null";
      case Map<?, ?> map -> {
        List<String> fields = new ArrayList<>();
        map.forEach((key, value) -> fields.add(python(key) + ": " + python(value)));
        yield "{" + String.join(", ", fields) + "}";
      }
      case List<?> list -> "[" + String.join(", ", list.stream().map(Probe::python).toList()) + "]";
      default -> JsonMapper.shared().writeValueAsString(json);
    };
  }

  /** Text without what varies, and without an id that was cut off at the end. */
  static String steady(String text) {
    return text.replaceAll("http://127\\.0\\.0\\.1:\\d+", "http://HOST")
        // The original names classes of its JSON library and its own.
        .replaceAll("into a subtype of .*", "into a subtype of")
        .replaceAll("\"[0-9a-f]{8}-[0-9a-f-]{1,27}$", "")
        .replaceAll(
            "(?!0000)[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}", "UUID");
  }
}
