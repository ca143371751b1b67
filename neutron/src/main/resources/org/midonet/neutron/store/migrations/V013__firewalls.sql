CREATE TABLE firewall_policies (
  id ${id} NOT NULL PRIMARY KEY,
  project_id ${name} NOT NULL,
  name ${name} NOT NULL,
  description ${text},
  shared BOOLEAN NOT NULL,
  audited BOOLEAN NOT NULL
)${table_options};

CREATE INDEX firewall_policies_project ON firewall_policies (project_id);

CREATE TABLE firewall_rules (
  id ${id} NOT NULL PRIMARY KEY,
  project_id ${name} NOT NULL,
  name ${name} NOT NULL,
  description ${text},
  firewall_policy_id ${id} REFERENCES firewall_policies (id),
  shared BOOLEAN NOT NULL,
  protocol ${word},
  ip_version BIGINT NOT NULL,
  source_ip_address ${word},
  destination_ip_address ${word},
  source_port ${word},
  destination_port ${word},
  position BIGINT,
  action ${word},
  enabled BOOLEAN NOT NULL
)${table_options};

CREATE INDEX firewall_rules_project ON firewall_rules (project_id);

CREATE INDEX firewall_rules_policy ON firewall_rules (firewall_policy_id);

CREATE TABLE firewalls (
  id ${id} NOT NULL PRIMARY KEY,
  project_id ${name} NOT NULL,
  name ${name} NOT NULL,
  description ${text},
  admin_state_up BOOLEAN NOT NULL,
  status ${word} NOT NULL,
  shared BOOLEAN NOT NULL,
  firewall_policy_id ${id} NOT NULL REFERENCES firewall_policies (id)
)${table_options};

CREATE INDEX firewalls_project ON firewalls (project_id);

CREATE INDEX firewalls_policy ON firewalls (firewall_policy_id);

CREATE TABLE firewall_router_associations (
  fw_id ${id} NOT NULL REFERENCES firewalls (id) ON DELETE CASCADE,
  router_id ${id} NOT NULL UNIQUE REFERENCES routers (id),
  PRIMARY KEY (fw_id, router_id)
)${table_options};
