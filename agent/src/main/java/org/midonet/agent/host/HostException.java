package org.midonet.agent.host;

/** Why this machine cannot be a host of MidoNet; the message is for the operator. Safe to share. */
public final class HostException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public HostException(String message) {
    super(message);
  }
}
