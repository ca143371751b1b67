package org.midonet.neutron.policy;

/** A rule that cannot be understood; immutable. The message says what is wrong with its text. */
final class RuleSyntaxException extends RuntimeException {
  RuleSyntaxException(String message) {
    super(message);
  }
}
