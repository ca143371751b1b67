package org.midonet.agent.flow;

/** Whether a packet is a fragment of a larger one, as IPv4 and IPv6 split them. */
public enum Fragment {
  NONE,
  /** Carries the header of the transport protocol. */
  FIRST,
  /** Carries no ports. */
  LATER
}
