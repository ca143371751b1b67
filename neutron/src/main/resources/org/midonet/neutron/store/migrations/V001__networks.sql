CREATE TABLE networks (
  id VARCHAR(36) NOT NULL PRIMARY KEY,
  project_id VARCHAR(255) NOT NULL,
  name VARCHAR(255) NOT NULL,
  description VARCHAR(255),
  admin_state_up BOOLEAN NOT NULL,
  status VARCHAR(16) NOT NULL,
  subnets ${text} NOT NULL,
  mtu BIGINT,
  router_external BOOLEAN,
  is_default BOOLEAN,
  availability_zone_hints ${text},
  port_security_enabled BOOLEAN,
  dns_domain VARCHAR(255),
  provider_network_type VARCHAR(32),
  provider_physical_network VARCHAR(64),
  provider_segmentation_id BIGINT,
  tags ${text},
  revision_number BIGINT NOT NULL,
  created_at VARCHAR(20) NOT NULL,
  updated_at VARCHAR(20) NOT NULL
)${table_options};

CREATE INDEX networks_project ON networks (project_id);

CREATE INDEX networks_name ON networks (name);

CREATE TABLE rbac_entries (
  id VARCHAR(36) NOT NULL PRIMARY KEY,
  project_id VARCHAR(255) NOT NULL,
  object_type VARCHAR(32) NOT NULL,
  object_id VARCHAR(36) NOT NULL,
  action VARCHAR(32) NOT NULL,
  target_project VARCHAR(255) NOT NULL,
  UNIQUE (object_type, object_id, action, target_project)
)${table_options};

CREATE INDEX rbac_entries_target ON rbac_entries (object_type, action, target_project);

CREATE TABLE network_segments (
  network_type VARCHAR(32) NOT NULL,
  physical_network VARCHAR(64) NOT NULL,
  segmentation_id BIGINT NOT NULL,
  network_id VARCHAR(36) NOT NULL UNIQUE REFERENCES networks (id) ON DELETE CASCADE,
  PRIMARY KEY (network_type, physical_network, segmentation_id)
)${table_options};
