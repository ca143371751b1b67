package org.midonet.agent.state;

/** How far a connection is, which says how long its state outlives its last packet. */
public enum Phase {
  /** Packets flow; nothing more is known. */
  ACTIVE,
  /** A TCP connection of which both sides agreed. */
  ESTABLISHED,
  /** A TCP connection that was ended or reset. */
  CLOSING
}
