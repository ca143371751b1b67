CREATE TABLE agents (
  id VARCHAR(36) NOT NULL PRIMARY KEY,
  agent_type VARCHAR(255) NOT NULL,
  agent_binary VARCHAR(255) NOT NULL,
  topic VARCHAR(255) NOT NULL,
  host VARCHAR(255) NOT NULL,
  admin_state_up BOOLEAN NOT NULL,
  created_at VARCHAR(20) NOT NULL,
  started_at VARCHAR(20) NOT NULL,
  heartbeat_timestamp VARCHAR(20) NOT NULL,
  description VARCHAR(255),
  configurations ${text} NOT NULL,
  resource_versions ${text},
  availability_zone VARCHAR(255),
  resources_synced BOOLEAN,
  UNIQUE (agent_type, host)
)${table_options};

CREATE TABLE network_dhcp_agents (
  network_id VARCHAR(36) NOT NULL REFERENCES networks (id) ON DELETE CASCADE,
  agent_id VARCHAR(36) NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
  PRIMARY KEY (network_id, agent_id)
)${table_options};

CREATE INDEX network_dhcp_agents_agent ON network_dhcp_agents (agent_id);

CREATE TABLE router_l3_agents (
  router_id VARCHAR(36) NOT NULL,
  agent_id VARCHAR(36) NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
  PRIMARY KEY (router_id, agent_id)
)${table_options};

CREATE INDEX router_l3_agents_agent ON router_l3_agents (agent_id);
