CREATE TABLE ports (
  id VARCHAR(36) NOT NULL PRIMARY KEY,
  project_id VARCHAR(255) NOT NULL,
  name VARCHAR(255) NOT NULL,
  description VARCHAR(255),
  network_id VARCHAR(36) NOT NULL REFERENCES networks (id),
  mac_address VARCHAR(32) NOT NULL,
  admin_state_up BOOLEAN NOT NULL,
  status VARCHAR(16) NOT NULL,
  device_id VARCHAR(255) NOT NULL,
  device_owner VARCHAR(255) NOT NULL,
  fixed_ips ${text} NOT NULL,
  ip_allocation VARCHAR(16),
  port_security_enabled BOOLEAN,
  security_groups ${text},
  allowed_address_pairs ${text},
  extra_dhcp_opts ${text},
  binding_vnic_type VARCHAR(64),
  binding_profile ${text},
  binding_host_id VARCHAR(255),
  binding_vif_type VARCHAR(64),
  binding_vif_details ${text},
  dns_name VARCHAR(255),
  dns_domain VARCHAR(255),
  data_plane_status VARCHAR(16),
  propagate_uplink_status BOOLEAN,
  device_profile VARCHAR(255),
  numa_affinity_policy VARCHAR(64),
  tags ${text},
  revision_number BIGINT NOT NULL,
  created_at VARCHAR(20) NOT NULL,
  updated_at VARCHAR(20) NOT NULL,
  UNIQUE (network_id, mac_address)
)${table_options};

CREATE INDEX ports_project ON ports (project_id);

CREATE INDEX ports_device ON ports (device_id);

CREATE INDEX ports_network_owner ON ports (network_id, device_owner);

CREATE INDEX ports_host ON ports (binding_host_id);

CREATE TABLE port_bindings (
  port_id VARCHAR(36) NOT NULL REFERENCES ports (id) ON DELETE CASCADE,
  host VARCHAR(255) NOT NULL,
  vnic_type VARCHAR(64) NOT NULL,
  profile ${text} NOT NULL,
  vif_type VARCHAR(64) NOT NULL,
  vif_details ${text} NOT NULL,
  PRIMARY KEY (port_id, host)
)${table_options};
