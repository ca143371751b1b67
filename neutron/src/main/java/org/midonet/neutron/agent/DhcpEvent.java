package org.midonet.neutron.agent;

import java.util.Locale;

/**
 * What DHCP agents are told of, with the priority by which they sort what they are told (0 first).
 */
enum DhcpEvent {
  NETWORK_CREATE(0),
  NETWORK_UPDATE(1),
  NETWORK_DELETE(2),
  SUBNET_CREATE(3),
  SUBNET_UPDATE(3),
  SUBNET_DELETE(4),
  PORT_CREATE(6),
  PORT_UPDATE(6),
  PORT_DELETE(6);

  /**
   * The priority of a new port for one of the agents that serve it: many new ports at once are then
   * not dealt with in the same order everywhere.
   */
  static final int PORT_CREATE_FIRST = 5;

  private final int priority;

  DhcpEvent(int priority) {
    this.priority = priority;
  }

  int priority() {
    return priority;
  }

  /** Returns the RPC method, such as {@code port_create_end}. */
  String method() {
    return name().toLowerCase(Locale.ROOT) + "_end";
  }
}
