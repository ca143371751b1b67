package org.midonet.cluster.importer;

import org.midonet.cluster.neutron.MalformedException;
import org.midonet.cluster.translation.TranslationException;
import org.midonet.nsdb.NsdbException;

/** The topology cannot follow a task; immutable. The message is for the user. */
public final class TaskRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;

  private TaskRefused(int status, String message, RuntimeException cause) {
    super(message, cause, false, false);
    this.status = status;
  }

  static TaskRefused of(MalformedException e) {
    return new TaskRefused(400, e.text(), e);
  }

  static TaskRefused of(TranslationException e) {
    int status =
        switch (e.kind()) {
          case INVALID -> 400;
          case CONFLICT -> 409;
          case NOT_FOUND -> 404;
        };
    return new TaskRefused(status, e.text(), e);
  }

  /** As {@code MidoNet}'s API answers the same trouble of its store. */
  static TaskRefused of(NsdbException e) {
    int status =
        switch (e.kind()) {
          case NOT_FOUND -> 404;
          case EXISTS, REFERENCE_CONFLICT, IN_USE -> 409;
          case TOO_LARGE -> 413;
          case UNAVAILABLE, FOREIGN -> 503;
        };
    return new TaskRefused(status, String.valueOf(e.getMessage()), e);
  }

  /** The HTTP status by which MidoNet's API would refuse the same. */
  public int status() {
    return status;
  }

  /** What is wrong. */
  public String text() {
    return String.valueOf(getMessage());
  }
}
