CREATE TABLE agents (
  id ${id} NOT NULL PRIMARY KEY,
  agent_type ${name} NOT NULL,
  agent_binary ${name} NOT NULL,
  topic ${name} NOT NULL,
  host ${name} NOT NULL,
  admin_state_up BOOLEAN NOT NULL,
  created_at ${word} NOT NULL,
  started_at ${word} NOT NULL,
  heartbeat_timestamp ${word} NOT NULL,
  description ${name},
  configurations ${text} NOT NULL,
  resource_versions ${text},
  availability_zone ${name},
  resources_synced BOOLEAN,
  CONSTRAINT uq_agents_agent_type_host UNIQUE (agent_type, host)
)${table_options};

CREATE TABLE network_dhcp_agents (
  network_id ${id} NOT NULL REFERENCES networks (id) ON DELETE CASCADE,
  agent_id ${id} NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
  PRIMARY KEY (network_id, agent_id)
)${table_options};

CREATE INDEX network_dhcp_agents_agent ON network_dhcp_agents (agent_id);

CREATE TABLE router_l3_agents (
  router_id ${id} NOT NULL,
  agent_id ${id} NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
  PRIMARY KEY (router_id, agent_id)
)${table_options};

CREATE INDEX router_l3_agents_agent ON router_l3_agents (agent_id);
