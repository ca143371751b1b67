package org.midonet.cluster.translation;

/** An operation that the topology cannot follow; immutable. */
public final class TranslationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  static TranslationException notFound(String message) {
    return new TranslationException(Kind.NOT_FOUND, message);
  }

  /** Who must do something about it. */
  public enum Kind {
    /** The operation makes no sense; 400. */
    INVALID,
    /** It contradicts what is there; 409. */
    CONFLICT,
    /** It names something that is not there; 404. */
    NOT_FOUND
  }

  private final Kind kind;

  private TranslationException(Kind kind, String message) {
    super(message, null, false, false);
    this.kind = kind;
  }

  static TranslationException invalid(String message) {
    return new TranslationException(Kind.INVALID, message);
  }

  static TranslationException conflict(String message) {
    return new TranslationException(Kind.CONFLICT, message);
  }

  /** In the words that MidoNet has for a missing object. */
  static TranslationException notFound(String type, Object id) {
    return new TranslationException(Kind.NOT_FOUND, "There is no " + type + " with ID " + id + ".");
  }

  /** Who must do something about it. */
  public Kind kind() {
    return kind;
  }

  /** What is wrong, for the user. */
  public String text() {
    return String.valueOf(getMessage());
  }
}
