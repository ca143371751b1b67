CREATE TABLE ports (
  id ${id} NOT NULL PRIMARY KEY,
  project_id ${name} NOT NULL,
  name ${name} NOT NULL,
  description ${name},
  network_id ${id} NOT NULL REFERENCES networks (id),
  mac_address ${word} NOT NULL,
  admin_state_up BOOLEAN NOT NULL,
  status ${word} NOT NULL,
  device_id ${name} NOT NULL,
  device_owner ${name} NOT NULL,
  fixed_ips ${text} NOT NULL,
  ip_allocation ${word},
  port_security_enabled BOOLEAN,
  security_groups ${text},
  allowed_address_pairs ${text},
  extra_dhcp_opts ${text},
  binding_vnic_type ${word},
  binding_profile ${text},
  binding_host_id ${name},
  binding_vif_type ${word},
  binding_vif_details ${text},
  dns_name ${name},
  dns_domain ${name},
  data_plane_status ${word},
  propagate_uplink_status BOOLEAN,
  device_profile ${name},
  numa_affinity_policy ${word},
  tags ${text},
  revision_number BIGINT NOT NULL,
  created_at ${word} NOT NULL,
  updated_at ${word} NOT NULL,
  CONSTRAINT uq_ports_network_id_mac_address UNIQUE (network_id, mac_address)
)${table_options};

CREATE INDEX ports_project ON ports (project_id);

CREATE INDEX ports_device ON ports (device_id);

CREATE INDEX ports_network_owner ON ports (network_id, device_owner);

CREATE INDEX ports_host ON ports (binding_host_id);

CREATE TABLE port_bindings (
  port_id ${id} NOT NULL REFERENCES ports (id) ON DELETE CASCADE,
  host ${name} NOT NULL,
  vnic_type ${word} NOT NULL,
  profile ${text} NOT NULL,
  vif_type ${word} NOT NULL,
  vif_details ${text} NOT NULL,
  PRIMARY KEY (port_id, host)
)${table_options};
