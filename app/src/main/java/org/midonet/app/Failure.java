package org.midonet.app;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.BindException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.config.ConfigException;
import org.midonet.neutron.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Why the command ends, in a line for the operator; safe to share. The exit code is 1 when
 * something did not work, 2 for a wrong command line and 3 for a bad configuration.
 */
final class Failure extends RuntimeException {
  static final int FAILED = 1;
  static final int BAD_CONFIGURATION = 3;

  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(Failure.class);

  private final int exitCode;

  Failure(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /** Prints what went wrong and returns the exit code. */
  static int report(Throwable thrown, PrintWriter err) {
    LOG.debug("the command failed", thrown);
    return switch (thrown) {
      case ConfigException e -> {
        e.problems().forEach(err::println);
        yield BAD_CONFIGURATION;
      }
      case Failure e -> print(err, e.getMessage(), e.exitCode);
      case StoreException e -> print(err, "database: " + withDiskHint(e), FAILED);
      case IOException e -> print(err, withDiskHint(e), FAILED);
      default -> {
        LOG.error("this is a defect of midonet", thrown);
        yield print(err, "midonet failed: " + thrown, FAILED);
      }
    };
  }

  /**
   * The address to listen on is taken, or the machine does not have it.
   *
   * @param remedy how to choose another port
   */
  static Failure cannotListen(String host, int port, String remedy, Throwable cause) {
    String where = host + ":" + port;
    for (Throwable t = cause; t != null; t = t.getCause()) {
      if (t instanceof BindException) {
        String reason = String.valueOf(t.getMessage()).toLowerCase(Locale.ROOT);
        if (reason.contains("in use")) {
          return new Failure(
              FAILED, "another program listens on " + where + " already; stop it or " + remedy);
        }
        if (reason.contains("permission")) {
          return new Failure(FAILED, "listening on " + where + " is not permitted to this user");
        }
        return new Failure(
            FAILED, "this machine cannot listen on " + where + ": " + t.getMessage());
      }
    }
    return new Failure(FAILED, "cannot listen on " + where + ": " + cause.getMessage());
  }

  private static int print(PrintWriter err, @Nullable String line, int code) {
    err.println("midonet: " + line);
    return code;
  }

  private static String withDiskHint(Exception e) {
    String message = String.valueOf(e.getMessage());
    boolean full = message.contains("No space left") || message.contains("SQLITE_FULL");
    return full ? message + " (the disk is full: make room and start again)" : message;
  }
}
