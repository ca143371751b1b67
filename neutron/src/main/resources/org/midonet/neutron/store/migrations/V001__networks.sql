CREATE TABLE networks (
  id ${id} NOT NULL PRIMARY KEY,
  project_id ${name} NOT NULL,
  name ${name} NOT NULL,
  description ${name},
  admin_state_up BOOLEAN NOT NULL,
  status ${word} NOT NULL,
  subnets ${text} NOT NULL,
  mtu BIGINT,
  router_external BOOLEAN,
  is_default BOOLEAN,
  availability_zone_hints ${text},
  port_security_enabled BOOLEAN,
  dns_domain ${name},
  provider_network_type ${word},
  provider_physical_network ${word},
  provider_segmentation_id BIGINT,
  tags ${text},
  revision_number BIGINT NOT NULL,
  created_at ${word} NOT NULL,
  updated_at ${word} NOT NULL
)${table_options};

CREATE INDEX networks_project ON networks (project_id);

CREATE INDEX networks_name ON networks (name);

CREATE TABLE rbac_entries (
  id ${id} NOT NULL PRIMARY KEY,
  project_id ${name} NOT NULL,
  object_type ${word} NOT NULL,
  object_id ${id} NOT NULL,
  action ${word} NOT NULL,
  target_project ${name} NOT NULL,
  CONSTRAINT uq_rbac_entries_object_type_object_id_action_target_project
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
