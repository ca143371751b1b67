package org.midonet.nsdb;

import java.util.UUID;
import org.midonet.topology.ObjectType;
import org.midonet.topology.Reference;

/** Why the store refused or could not carry out an operation. Immutable, safe to share. */
public final class NsdbException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Kind kind;

  public NsdbException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public NsdbException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** What went wrong, as far as callers tell it apart. */
  public enum Kind {
    /** An object that is read, changed, deleted or referred to does not exist. */
    NOT_FOUND,
    /** An object with that id is there already. */
    EXISTS,
    /** A field that holds one reference holds another one. */
    REFERENCE_CONFLICT,
    /** An object is referred to by one that forbids its deletion. */
    IN_USE,
    /** The operations make more data than one transaction can carry. */
    TOO_LARGE,
    /** The store cannot be reached, or did not answer in time. */
    UNAVAILABLE,
    /** The store has what others made; nothing is done with it until somebody decides. */
    FOREIGN
  }

  public Kind kind() {
    return kind;
  }

  static NsdbException notFound(ObjectType<?> type, UUID id) {
    return new NsdbException(Kind.NOT_FOUND, "There is no " + type.name() + " with ID " + id + ".");
  }

  static NsdbException exists(ObjectType<?> type, UUID id) {
    return new NsdbException(
        Kind.EXISTS, "A(n) " + type.name() + " with ID " + id + " already exists.");
  }

  static NsdbException conflict(Reference<?> taken, UUID id, Reference<?> other, UUID otherId) {
    return new NsdbException(
        Kind.REFERENCE_CONFLICT,
        "The %s with ID %s already references the %s with ID %s by %s."
            .formatted(taken.owner().name(), id, other.owner().name(), otherId, taken.name()));
  }

  static NsdbException inUse(ObjectType<?> type, UUID id, ObjectType<?> other, UUID otherId) {
    return new NsdbException(
        Kind.IN_USE,
        "The %s with ID %s cannot be deleted: the %s with ID %s refers to it."
            .formatted(type.name(), id, other.name(), otherId));
  }
}
