package org.midonet.neutron.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The types of oslo.config that our options use; stateless. */
final class OptionTypes {
  private static final Pattern UNICAST_MAC =
      Pattern.compile("[0-9a-fA-F][02468aceACE](:[0-9a-fA-F]{2}){5}");
  private static final Pattern HOST = Pattern.compile("[0-9a-zA-Z._:%-]+");

  private OptionTypes() {}

  static OptionType<String> string() {
    return new OptionType<>("string value", text -> text, text -> text, List.of(), false);
  }

  static OptionType<Secret> secret() {
    return new OptionType<>("string value", Secret::new, Secret::reveal, List.of(), false, true);
  }

  static OptionType<String> choice(String... choices) {
    return new OptionType<>(
        "string value",
        text -> {
          if (!Arrays.asList(choices).contains(text)) {
            throw new IllegalArgumentException("must be one of " + String.join(", ", choices));
          }
          return text;
        },
        text -> text,
        List.of(choices),
        true);
  }

  /** A name that cannot hold blanks, so that a comment may follow it on its line. */
  static OptionType<String> word() {
    return new OptionType<>(
        "string value", OptionTypes::withoutComment, text -> text, List.of(), true);
  }

  static OptionType<Boolean> bool() {
    return new OptionType<>(
        "boolean value",
        text ->
            switch (text.strip().toLowerCase(Locale.ROOT)) {
              case "true", "1", "on", "yes" -> true;
              case "false", "0", "off", "no" -> false;
              default ->
                  throw new IllegalArgumentException(
                      "must be true or false (1/0, on/off and yes/no will do)" + hint(text));
            },
        String::valueOf,
        List.of(),
        false);
  }

  static OptionType<Integer> integer(int min, int max) {
    return new OptionType<>(
        "integer value",
        text -> Math.toIntExact(whole(text, min, max)),
        String::valueOf,
        List.of(),
        true);
  }

  static OptionType<Integer> integer(int min) {
    return integer(min, Integer.MAX_VALUE);
  }

  static OptionType<Long> longInteger(long min) {
    return new OptionType<>(
        "integer value",
        text -> whole(text, min, Long.MAX_VALUE),
        String::valueOf,
        List.of(),
        true);
  }

  static OptionType<Integer> port() {
    OptionType<Integer> number = integer(0, 65535);
    return new OptionType<>("port value", number.parser(), number.formatter(), List.of(), true);
  }

  static OptionType<Duration> seconds(long min) {
    return new OptionType<>(
        "integer value",
        text -> Duration.ofSeconds(whole(text, min, Integer.MAX_VALUE)),
        duration -> Long.toString(duration.toSeconds()),
        List.of(),
        true);
  }

  /** Seconds with a fraction, at least {@code min} and at most {@code max}. */
  static OptionType<Duration> fractionalSeconds(double min, double max) {
    return new OptionType<>(
        "floating point value",
        text -> {
          double value = real(text);
          if (value < min || value > max) {
            throw new IllegalArgumentException("must be between " + min + " and " + max);
          }
          return Duration.ofMillis(Math.round(value * 1000));
        },
        duration -> Double.toString(duration.toMillis() / 1000.0),
        List.of(),
        true);
  }

  static OptionType<Path> path() {
    return new OptionType<>(
        "string value",
        text -> {
          try {
            return Path.of(text);
          } catch (InvalidPathException e) {
            throw new IllegalArgumentException("is no file name: " + e.getReason(), e);
          }
        },
        Path::toString,
        List.of(),
        true);
  }

  static OptionType<String> hostAddress() {
    return matching("host address value", HOST, "must be a host name or an IP address");
  }

  static OptionType<String> unicastMac() {
    return matching(
        "string value", UNICAST_MAC, "must be a unicast MAC address such as fa:16:3e:00:00:00");
  }

  static OptionType<List<String>> list() {
    return list(text -> text, text -> text);
  }

  /** Names separated by commas; a comment may follow on the line. */
  static OptionType<List<String>> wordList() {
    OptionType<List<String>> list = list();
    return new OptionType<>(
        list.label(), text -> list.parse(withoutComment(text)), list.formatter(), List.of(), false);
  }

  static <E> OptionType<List<E>> list(Function<String, E> item, Function<E, String> format) {
    return new OptionType<>(
        "list value",
        text -> {
          List<E> items = new ArrayList<>();
          for (String part : parts(text)) {
            items.add(item.apply(part.strip()));
          }
          return List.copyOf(items);
        },
        items -> items.stream().map(format).collect(Collectors.joining(",")),
        List.of(),
        false);
  }

  static long whole(String text, long min, long max) {
    long value;
    try {
      value = Long.parseLong(text.strip());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("must be a whole number" + hint(text), e);
    }
    if (value < min) {
      throw new IllegalArgumentException("must be at least " + min);
    }
    if (value > max) {
      throw new IllegalArgumentException("must be at most " + max);
    }
    return value;
  }

  private static double real(String text) {
    try {
      return Double.parseDouble(text.strip());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("must be a number" + hint(text), e);
    }
  }

  private static OptionType<String> matching(String label, Pattern pattern, String reason) {
    return new OptionType<>(
        label,
        text -> {
          if (!pattern.matcher(text.strip()).matches()) {
            throw new IllegalArgumentException(reason + hint(text));
          }
          return text.strip();
        },
        text -> text,
        List.of(),
        true);
  }

  /** Splits at commas; those at the end count for nothing, as in oslo.config. */
  private static List<String> parts(String text) {
    String trimmed = text.strip();
    while (trimmed.endsWith(",")) {
      trimmed = trimmed.substring(0, trimmed.length() - 1);
    }
    return trimmed.isEmpty() ? List.of() : Arrays.asList(trimmed.split(",", -1));
  }

  private static String withoutComment(String text) {
    return text.lines()
        .map(line -> line.replaceFirst("(^|\\s+)#.*", ""))
        .collect(Collectors.joining("\n"))
        .strip();
  }

  private static String hint(String text) {
    return text.contains(" #") || text.contains("\t#")
        ? " (a comment needs a line of its own)"
        : "";
  }
}
