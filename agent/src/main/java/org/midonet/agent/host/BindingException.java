package org.midonet.agent.host;

import java.util.UUID;

/** Why a port cannot be bound; the message is for the operator. Safe to share. */
public final class BindingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Kind kind;

  /** What went wrong, as far as callers tell it apart. */
  public enum Kind {
    NOT_FOUND,
    CONFLICT
  }

  BindingException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  static BindingException noPort(UUID id) {
    return new BindingException(Kind.NOT_FOUND, "There is no Port with ID " + id + ".");
  }

  public Kind kind() {
    return kind;
  }
}
