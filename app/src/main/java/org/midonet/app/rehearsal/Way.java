package org.midonet.app.rehearsal;

/** How packets of the {@link SmallCloud} go from a client to a server. */
public enum Way {
  NETWORK("a network with security groups"),
  ROUTED("routed between networks"),
  FLOATING_IP("from outside to a floating IP"),
  SOURCE_NAT("to the outside with source NAT"),
  VIP("to a VIP with two members");

  private final String text;

  Way(String text) {
    this.text = text;
  }

  /** The way in words. */
  public String text() {
    return text;
  }
}
