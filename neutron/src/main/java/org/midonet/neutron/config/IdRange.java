package org.midonet.neutron.config;

/** Segmentation ids from {@code first} to {@code last}, both included; immutable. */
public record IdRange(long first, long last) {
  /** Parses {@code first:last}, both within what the protocol allows. */
  static IdRange parse(String text, long min, long max) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException("a range must be first:last, not " + text);
    }
    long first = OptionTypes.whole(text.substring(0, colon), min, max);
    long last = OptionTypes.whole(text.substring(colon + 1), min, max);
    if (last < first) {
      throw new IllegalArgumentException("the range " + text + " ends before it begins");
    }
    return new IdRange(first, last);
  }

  public boolean contains(long id) {
    return first <= id && id <= last;
  }

  @Override
  public String toString() {
    return first + ":" + last;
  }
}
