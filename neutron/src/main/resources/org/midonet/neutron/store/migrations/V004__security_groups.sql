CREATE TABLE security_groups (
  id VARCHAR(36) NOT NULL PRIMARY KEY,
  project_id VARCHAR(255) NOT NULL,
  name VARCHAR(255) NOT NULL,
  description VARCHAR(255),
  stateful BOOLEAN,
  tags ${text},
  revision_number BIGINT NOT NULL,
  created_at VARCHAR(20) NOT NULL,
  updated_at VARCHAR(20) NOT NULL
)${table_options};

CREATE INDEX security_groups_project ON security_groups (project_id);

CREATE TABLE default_security_groups (
  project_id VARCHAR(255) NOT NULL PRIMARY KEY,
  security_group_id VARCHAR(36) NOT NULL REFERENCES security_groups (id) ON DELETE CASCADE
)${table_options};

CREATE TABLE security_group_rules (
  id VARCHAR(36) NOT NULL PRIMARY KEY,
  project_id VARCHAR(255) NOT NULL,
  security_group_id VARCHAR(36) NOT NULL REFERENCES security_groups (id),
  direction VARCHAR(8) NOT NULL,
  ethertype VARCHAR(8) NOT NULL,
  protocol VARCHAR(40),
  port_range_min BIGINT,
  port_range_max BIGINT,
  remote_ip_prefix VARCHAR(255),
  remote_group_id VARCHAR(36) REFERENCES security_groups (id),
  description VARCHAR(255),
  revision_number BIGINT NOT NULL,
  created_at VARCHAR(20) NOT NULL,
  updated_at VARCHAR(20) NOT NULL
)${table_options};

CREATE INDEX security_group_rules_group ON security_group_rules (security_group_id);

CREATE INDEX security_group_rules_remote ON security_group_rules (remote_group_id);

CREATE INDEX security_group_rules_project ON security_group_rules (project_id);

CREATE TABLE port_security_groups (
  port_id VARCHAR(36) NOT NULL REFERENCES ports (id) ON DELETE CASCADE,
  security_group_id VARCHAR(36) NOT NULL REFERENCES security_groups (id),
  PRIMARY KEY (port_id, security_group_id)
)${table_options};

CREATE INDEX port_security_groups_group ON port_security_groups (security_group_id);
