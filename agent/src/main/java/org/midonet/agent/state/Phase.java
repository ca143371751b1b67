package org.midonet.agent.state;

/** How far a connection is, which says how long its state outlives its last packet. */
public enum Phase {
  /** Packets flow; nothing more is known. */
  ACTIVE,
  /** A TCP connection of which both sides agreed. */
  ESTABLISHED,
  /** A TCP connection that one side has ended; the other may go on. */
  HALF_CLOSED,
  /** A TCP connection that both sides ended, or one reset. */
  CLOSED
}
