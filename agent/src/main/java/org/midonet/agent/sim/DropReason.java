package org.midonet.agent.sim;

/** Why a packet goes no further. */
public enum DropReason {
  /** No such port, or it is wired to nothing. */
  NO_PORT("the port is not there or leads nowhere"),
  ADMIN_DOWN("the port or device is administratively down"),
  FILTERED("a rule drops it"),
  REJECTED("a rule or route rejects it"),
  LOOP("it passed too many ports"),
  SAME_PORT("it would leave by the port that it came in by"),
  BAD_SOURCE("its source is a group address"),
  NOT_FOR_ROUTER("it is not addressed to the router's MAC"),
  VLAN("its VLAN does not belong here"),
  UNSUPPORTED("the router does not handle this kind of packet"),
  NO_ROUTE("no route leads to its destination"),
  BLACKHOLE("a route leads it nowhere"),
  NOT_SERVED("it is for the router itself, which has no such service"),
  TTL_EXCEEDED("its TTL is used up"),
  NO_NEIGHBOUR("its next hop does not answer"),
  NO_MEMBER("the pool has no member that takes it"),
  BALANCER_DOWN("the load balancer or VIP is administratively down"),
  NO_PORTS_LEFT("no port is left to translate it to"),
  TOO_BIG("it is too large for the way, and must not be fragmented"),
  IGNORED("the agent took note of it"),
  SPOOFED("its sender may not say this");

  private final String text;

  DropReason(String text) {
    this.text = text;
  }

  /** The end of a sentence about the packet. */
  public String text() {
    return text;
  }
}
