package org.midonet.conformance.replay;

/**
 * One way in which an answer differs from the recorded one; immutable.
 *
 * @param kind what differs
 * @param path where in the body, empty for the whole answer
 * @param recorded what the recording has there
 * @param actual what the answer has there
 */
record Difference(Kind kind, String path, String recorded, String actual) {

  enum Kind {
    STATUS,
    HEADER,
    SHAPE,
    VALUE
  }

  private static final int LONGEST = 160;

  @Override
  public String toString() {
    return "%s %s: recorded %s, answered %s"
        .formatted(kind, path, shortened(recorded), shortened(actual));
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
  }
}
