package org.midonet.cluster.neutron;

/** A document that cannot be what it claims to be; immutable. The message names the field. */
public final class MalformedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Makes one that says what is wrong. */
  public MalformedException(String message) {
    super(message, null, false, false);
  }

  static MalformedException of(String field, String expected, Object value) {
    return new MalformedException("The field " + field + " must be " + expected + ": " + value);
  }

  /** The same with an explanation, which is never absent. */
  public String text() {
    return String.valueOf(getMessage());
  }
}
