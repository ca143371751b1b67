package org.midonet.agent.datapath;

/** The datapath cannot do what was asked. */
public final class DatapathException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public DatapathException(String message) {
    super(message);
  }

  public DatapathException(String message, Throwable cause) {
    super(message, cause);
  }
}
