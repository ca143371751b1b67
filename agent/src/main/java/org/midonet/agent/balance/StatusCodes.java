package org.midonet.agent.balance;

import java.util.ArrayList;
import java.util.List;

/**
 * HTTP statuses as health monitors list them: {@code 200}, {@code 200,202} or {@code 200-204}.
 * Immutable, safe to share.
 */
record StatusCodes(List<Range> ranges) {
  static final StatusCodes OK = new StatusCodes(List.of(new Range(200, 200)));

  /** Bounds included. */
  record Range(int from, int to) {}

  StatusCodes {
    ranges = List.copyOf(ranges);
  }

  /** What is not a list of statuses stands for 200. */
  static StatusCodes parse(String text) {
    List<Range> ranges = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      String[] bounds = part.strip().split("-", -1);
      try {
        int from = Integer.parseInt(bounds[0].strip());
        ranges.add(new Range(from, Integer.parseInt(bounds[bounds.length - 1].strip())));
      } catch (NumberFormatException e) {
        return OK;
      }
    }
    return new StatusCodes(ranges);
  }

  boolean contains(int status) {
    return ranges.stream().anyMatch(range -> range.from <= status && status <= range.to);
  }
}
