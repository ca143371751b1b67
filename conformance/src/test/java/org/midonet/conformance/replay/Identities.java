package org.midonet.conformance.replay;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the recording's generated values (ids, MACs, addresses) are called in this run; not safe to
 * share between threads.
 *
 * <p>A value is learned where an answer shows it for the first time; from then on it stands for the
 * recorded one in requests, and answers must agree with it.
 */
final class Identities {

  private static final String UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
  private static final String MAC = "[0-9a-f]{2}(?::[0-9a-f]{2}){5}";
  private static final Pattern ID = Pattern.compile(UUID + "|[0-9a-f]{32}");
  private static final Pattern GENERATED = Pattern.compile(ID.pattern() + "|" + MAC);
  private static final Pattern ADDRESS =
      Pattern.compile(
          "(?<![\\d.])\\d+\\.\\d+\\.\\d+\\.\\d+(?!\\d|\\.\\d|/)|[0-9a-f]{0,4}:[0-9a-f:]*:[0-9a-f]{1,4}");
  private static final Pattern IDS = Pattern.compile("<id>(, ?<id>)+");

  private static final String RECORDED_SERVER = "http://127.0.0.1:9696";

  private final String server;
  private final Map<String, String> present = new HashMap<>();

  /**
   * @param server the URL of the server's root, without a slash at its end
   */
  Identities(String server) {
    this.server = server;
  }

  /** Enters a pair that is known before the first answer, such as a project's id. */
  void put(String recorded, String actual) {
    present.put(recorded, actual);
  }

  boolean isGenerated(String key, String value) {
    return GENERATED.matcher(value).matches()
        || (key.endsWith("ip_address") && ADDRESS.matcher(value).matches());
  }

  /** Whether the values agree; an unknown one is learned and agrees. */
  boolean agree(String recorded, String actual) {
    return present.computeIfAbsent(recorded, unknown -> actual).equals(actual);
  }

  Optional<String> of(String recorded) {
    return Optional.ofNullable(present.get(recorded));
  }

  /** The text with every known recorded value replaced by that of this run. */
  String translate(String text) {
    String here = text.replace(RECORDED_SERVER, server);
    return replace(ADDRESS, replace(GENERATED, here));
  }

  private String replace(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .replaceAll(
            match -> Matcher.quoteReplacement(present.getOrDefault(match.group(), match.group())));
  }

  /** The text with every generated value masked, lists of ids as one. */
  String mask(String text) {
    String masked = ID.matcher(translate(text)).replaceAll("<id>");
    return IDS.matcher(masked).replaceAll("<id>");
  }

  /** The text with addresses masked too: of a message that names one that was never shown. */
  String maskAddresses(String text) {
    return ADDRESS.matcher(mask(text)).replaceAll("<address>");
  }
}
