package org.midonet.neutron.error;

/**
 * A refusal the API user is told about; immutable. {@code type} is the name clients know from
 * Neutron (for example {@code NetworkNotFound}), {@code status} the HTTP status that goes with it.
 */
public final class NeutronException extends RuntimeException {
  private final int status;
  private final String type;
  private final String text;

  /**
   * Makes a refusal.
   *
   * @param status HTTP status, 400 to 599
   * @param type Neutron's exception name, the {@code type} of the error body
   * @param message what is wrong, the {@code message} of the error body
   */
  public NeutronException(int status, String type, String message) {
    super(message, null, false, false);
    this.status = status;
    this.type = type;
    this.text = message;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** Neutron's exception name. */
  public String type() {
    return type;
  }

  /** The message for the user. */
  public String text() {
    return text;
  }

  /** A 400 of the request itself, as the API layer words it. */
  public static NeutronException badRequest(String message) {
    return new NeutronException(400, "HTTPBadRequest", message);
  }

  /** A 400 for a value that the operation cannot take. */
  public static NeutronException invalidInput(String reason) {
    return new NeutronException(
        400, "InvalidInput", "Invalid input for operation: " + reason + ".");
  }

  /** A 400 naming the resource whose request is wrong. */
  public static NeutronException badResourceRequest(String resource, String reason) {
    return new NeutronException(400, "BadRequest", "Bad " + resource + " request: " + reason + ".");
  }

  /** A 404 for a path that leads nowhere. */
  public static NeutronException notFound() {
    return new NeutronException(404, "HTTPNotFound", "The resource could not be found.");
  }

  /** A 409 with Neutron's name for the conflict. */
  public static NeutronException conflict(String type, String message) {
    return new NeutronException(409, type, message);
  }
}
