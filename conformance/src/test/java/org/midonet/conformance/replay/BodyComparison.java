package org.midonet.conformance.replay;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Walks a recorded and an actual body side by side, learning generated values and collecting what
 * differs; not safe to share between threads.
 */
final class BodyComparison {

  private final Rules rules;
  private final Identities identities;
  private final Sample sample;
  private final List<Difference> differences = new ArrayList<>();

  private BodyComparison(Rules rules, Identities identities, Sample sample) {
    this.rules = rules;
    this.identities = identities;
    this.sample = sample;
  }

  static List<Difference> compare(
      Rules rules, Identities identities, Sample sample, JsonNode actual) {
    var comparison = new BodyComparison(rules, identities, sample);
    comparison.node("", "", sample.answer(), actual);
    return comparison.differences;
  }

  private void node(String path, String key, JsonNode recorded, JsonNode actual) {
    if (recorded.getNodeType() == actual.getNodeType() && unstable(path)) {
      return;
    }
    if (recorded.isObject() && actual.isObject()) {
      object(path, recorded, actual);
    } else if (recorded.isArray() && actual.isArray()) {
      array(path, key, recorded, actual);
    } else if (recorded.isString() && actual.isString()) {
      string(path, key, recorded.stringValue(), actual.stringValue());
    } else if (recorded.getNodeType() != actual.getNodeType()) {
      add(Difference.Kind.SHAPE, path, recorded, actual);
    } else if (!recorded.equals(actual)) {
      add(Difference.Kind.VALUE, path, recorded, actual);
    }
  }

  private void object(String path, JsonNode recorded, JsonNode actual) {
    for (String key : recorded.propertyNames()) {
      String below = path.isEmpty() ? key : path + "." + key;
      JsonNode value = actual.get(key);
      if (rules.isAbsent(below)) {
        continue;
      }
      if (value == null) {
        differences.add(
            new Difference(Difference.Kind.SHAPE, below, text(recorded.get(key)), "nothing"));
      } else {
        node(below, key, recorded.get(key), value);
      }
    }
    for (String key : actual.propertyNames()) {
      String below = path.isEmpty() ? key : path + "." + key;
      if (!recorded.has(key) && !rules.isAbsent(below)) {
        differences.add(
            new Difference(Difference.Kind.SHAPE, below, "nothing", text(actual.get(key))));
      }
    }
  }

  private void array(String path, String key, JsonNode recorded, JsonNode actual) {
    if (recorded.size() == actual.size() && isUnknownSet(recorded)) {
      return;
    }
    var left = new ArrayList<>(actual.valueStream().toList());
    var unmatched = new ArrayList<JsonNode>();
    String below = path + "[]";
    for (JsonNode element : recorded) {
      if (rules.isUnserved(below, element)) {
        continue;
      }
      Optional<JsonNode> match =
          sample.ordered() ? left.stream().findFirst() : match(element, left);
      match.ifPresentOrElse(
          found -> {
            left.remove(found);
            node(below, key, element, found);
          },
          () -> unmatched.add(element));
    }
    for (JsonNode element : unmatched) {
      if (left.isEmpty()) {
        differences.add(new Difference(Difference.Kind.VALUE, below, text(element), "nothing"));
      } else {
        node(below, key, element, left.removeFirst());
      }
    }
    left.removeIf(element -> rules.isOwn(below, element));
    left.forEach(element ->
        differences.add(new Difference(Difference.Kind.VALUE, below, "nothing", text(element))));
  }

  /** Whether it is several ids of which none tells which is which. */
  private boolean isUnknownSet(JsonNode list) {
    return list.size() > 1
        && list.valueStream()
            .map(each -> each.asString(""))
            .allMatch(id -> identities.isGenerated("", id) && identities.of(id).isEmpty());
  }

  /**
   * The element of the list that is meant: the one with the known id, or else the most alike.
   *
   * @return empty if nothing tells an element of the list from the others
   */
  private Optional<JsonNode> match(JsonNode recorded, List<JsonNode> candidates) {
    if (!recorded.isObject()) {
      return candidates.stream().filter(each -> alike("", recorded, each)).findFirst();
    }
    for (String key : List.of("id", "subnet_id")) {
      Optional<String> id = identities.of(recorded.path(key).asString(""));
      if (id.isPresent()) {
        return candidates.stream()
            .filter(each -> each.path(key).asString("").equals(id.get()))
            .findFirst();
      }
    }
    return candidates.stream()
        .max(Comparator.comparingLong(each -> likeness(recorded, each)))
        .filter(each -> likeness(recorded, each) > 0);
  }

  private long likeness(JsonNode recorded, JsonNode actual) {
    return recorded.properties().stream()
        .filter(entry -> {
          JsonNode value = actual.get(entry.getKey());
          return value != null && alike(entry.getKey(), entry.getValue(), value);
        })
        .count();
  }

  private boolean alike(String key, JsonNode recorded, JsonNode actual) {
    if (!recorded.isString() || !actual.isString()) {
      return recorded.equals(actual);
    }
    String text = recorded.stringValue();
    boolean unknown = identities.isGenerated(key, text) && identities.of(text).isEmpty();
    return unknown || identities.translate(text).equals(actual.stringValue());
  }

  private void string(String path, String key, String recorded, String actual) {
    if (identities.isGenerated(key, recorded)) {
      boolean kept = identities.isGenerated(key, actual) && identities.agree(recorded, actual);
      if (!kept) {
        differences.add(
            new Difference(
                Difference.Kind.VALUE, path, identities.of(recorded).orElse(recorded), actual));
      }
    } else if (!same(key, recorded, actual)) {
      differences.add(
          new Difference(
              Difference.Kind.VALUE, path, quoted(identities.translate(recorded)), quoted(actual)));
    }
  }

  private boolean same(String key, String recorded, String actual) {
    return identities.mask(recorded).equals(identities.mask(actual))
        || (key.equals("message") && words(recorded).equals(words(actual)));
  }

  /** The words of a message, sorted: some list a set, which has no order. */
  private List<String> words(String message) {
    return Stream.of(identities.maskAddresses(message).split("[\\s,']+")).sorted().toList();
  }

  private boolean unstable(String path) {
    return rules.isUnstable(path) || rules.isUnstable(sample.name() + ":" + path);
  }

  private void add(Difference.Kind kind, String path, JsonNode recorded, JsonNode actual) {
    differences.add(new Difference(kind, path, text(recorded), text(actual)));
  }

  private static String text(JsonNode node) {
    return node.toString();
  }

  private static String quoted(String text) {
    return '"' + text + '"';
  }
}
