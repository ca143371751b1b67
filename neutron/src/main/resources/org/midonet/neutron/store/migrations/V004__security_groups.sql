CREATE TABLE security_groups (
  id ${id} NOT NULL PRIMARY KEY,
  project_id ${name} NOT NULL,
  name ${name} NOT NULL,
  description ${name},
  stateful BOOLEAN,
  tags ${text},
  revision_number BIGINT NOT NULL,
  created_at ${word} NOT NULL,
  updated_at ${word} NOT NULL
)${table_options};

CREATE INDEX security_groups_project ON security_groups (project_id);

CREATE TABLE default_security_groups (
  project_id ${name} NOT NULL PRIMARY KEY,
  security_group_id ${id} NOT NULL REFERENCES security_groups (id) ON DELETE CASCADE
)${table_options};

CREATE TABLE security_group_rules (
  id ${id} NOT NULL PRIMARY KEY,
  project_id ${name} NOT NULL,
  security_group_id ${id} NOT NULL REFERENCES security_groups (id),
  direction ${word} NOT NULL,
  ethertype ${word} NOT NULL,
  protocol ${word},
  port_range_min BIGINT,
  port_range_max BIGINT,
  remote_ip_prefix ${name},
  remote_group_id ${id} REFERENCES security_groups (id),
  description ${name},
  revision_number BIGINT NOT NULL,
  created_at ${word} NOT NULL,
  updated_at ${word} NOT NULL
)${table_options};

CREATE INDEX security_group_rules_group ON security_group_rules (security_group_id);

CREATE INDEX security_group_rules_remote ON security_group_rules (remote_group_id);

CREATE INDEX security_group_rules_project ON security_group_rules (project_id);

CREATE TABLE port_security_groups (
  port_id ${id} NOT NULL REFERENCES ports (id) ON DELETE CASCADE,
  security_group_id ${id} NOT NULL REFERENCES security_groups (id),
  PRIMARY KEY (port_id, security_group_id)
)${table_options};

CREATE INDEX port_security_groups_group ON port_security_groups (security_group_id);
