package org.midonet.neutron.agent;

/** The kinds of agent that serve scheduled resources. */
enum AgentKind {
  DHCP("DHCP agent", "network"),
  L3("L3 agent", "router");

  private final String agentType;
  private final String resource;

  AgentKind(String agentType, String resource) {
    this.agentType = agentType;
    this.resource = resource;
  }

  /** Returns the {@code agent_type} agents of this kind report. */
  String agentType() {
    return agentType;
  }

  /** Returns the kind of resource they serve, as availability zones name it. */
  String resource() {
    return resource;
  }
}
