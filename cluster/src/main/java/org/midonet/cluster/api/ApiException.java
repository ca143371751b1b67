package org.midonet.cluster.api;

import java.util.List;

/** A refusal that the client is told about; immutable. */
public final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String text;
  private final transient List<Violation> violations;

  /**
   * Makes a refusal without violations.
   *
   * @param status the HTTP status, 400 to 599
   * @param message what is wrong, for the error body
   */
  public ApiException(int status, String message) {
    this(status, message, List.of());
  }

  private ApiException(int status, String message, List<Violation> violations) {
    super(message, null, false, false);
    this.status = status;
    this.text = message;
    this.violations = List.copyOf(violations);
  }

  /** A 400 for a body or an operation that cannot be. */
  public static ApiException badRequest(String message) {
    return new ApiException(400, message);
  }

  /** A 400 that lists the fields that are wrong. */
  public static ApiException invalid(List<Violation> violations) {
    return new ApiException(400, "Validation error(s) found", violations);
  }

  /** A 400 for a rule about the whole object. */
  public static ApiException invalid(String message) {
    return invalid(List.of(new Violation("", message)));
  }

  /**
   * A 404 in MidoNet's words.
   *
   * @param type the stored name of the class, such as {@code Network} for a bridge
   * @param id what was asked for, whether it is a UUID or not
   */
  public static ApiException notFound(String type, Object id) {
    return new ApiException(404, "There is no " + type + " with ID " + id + ".");
  }

  /** A 409. */
  public static ApiException conflict(String message) {
    return new ApiException(409, message);
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** The message of the error body. */
  public String text() {
    return text;
  }

  /** The fields that are wrong, if that is the reason. */
  public List<Violation> violations() {
    return violations;
  }
}
