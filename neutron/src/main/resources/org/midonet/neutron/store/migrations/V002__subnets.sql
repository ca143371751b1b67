CREATE TABLE subnets (
  id VARCHAR(36) NOT NULL PRIMARY KEY,
  project_id VARCHAR(255) NOT NULL,
  name VARCHAR(255) NOT NULL,
  description VARCHAR(255),
  network_id VARCHAR(36) NOT NULL,
  ip_version BIGINT NOT NULL,
  cidr VARCHAR(64) NOT NULL,
  gateway_ip VARCHAR(64),
  allocation_pools ${text} NOT NULL,
  enable_dhcp BOOLEAN NOT NULL,
  ipv6_ra_mode VARCHAR(16),
  ipv6_address_mode VARCHAR(16),
  dns_nameservers ${text} NOT NULL,
  host_routes ${text} NOT NULL,
  subnetpool_id VARCHAR(36),
  service_types ${text},
  dns_publish_fixed_ip BOOLEAN,
  segment_id VARCHAR(36),
  tags ${text},
  revision_number BIGINT NOT NULL,
  created_at VARCHAR(20) NOT NULL,
  updated_at VARCHAR(20) NOT NULL
)${table_options};

CREATE INDEX subnets_network ON subnets (network_id);

CREATE INDEX subnets_project ON subnets (project_id);

CREATE INDEX subnets_subnetpool ON subnets (subnetpool_id);

CREATE TABLE ip_allocations (
  subnet_id VARCHAR(36) NOT NULL,
  sort_key VARCHAR(33) NOT NULL,
  ip_address VARCHAR(64) NOT NULL,
  network_id VARCHAR(36) NOT NULL,
  port_id VARCHAR(36) NOT NULL,
  PRIMARY KEY (subnet_id, sort_key),
  FOREIGN KEY (subnet_id) REFERENCES subnets (id)
)${table_options};

CREATE INDEX ip_allocations_port ON ip_allocations (port_id);

CREATE INDEX ip_allocations_address ON ip_allocations (ip_address);

CREATE TABLE subnetpools (
  id VARCHAR(36) NOT NULL PRIMARY KEY,
  project_id VARCHAR(255) NOT NULL,
  name VARCHAR(255) NOT NULL,
  description VARCHAR(255),
  ip_version BIGINT NOT NULL,
  prefixes ${text} NOT NULL,
  default_prefixlen VARCHAR(20) NOT NULL,
  min_prefixlen VARCHAR(20) NOT NULL,
  max_prefixlen VARCHAR(20) NOT NULL,
  default_quota BIGINT,
  is_default BOOLEAN NOT NULL,
  address_scope_id VARCHAR(36),
  allocations BIGINT NOT NULL DEFAULT 0,
  tags ${text},
  revision_number BIGINT NOT NULL,
  created_at VARCHAR(20) NOT NULL,
  updated_at VARCHAR(20) NOT NULL
)${table_options};

CREATE INDEX subnetpools_project ON subnetpools (project_id);

CREATE INDEX subnetpools_address_scope ON subnetpools (address_scope_id);

CREATE TABLE address_scopes (
  id VARCHAR(36) NOT NULL PRIMARY KEY,
  project_id VARCHAR(255) NOT NULL,
  name VARCHAR(255) NOT NULL,
  ip_version BIGINT NOT NULL,
  allocations BIGINT NOT NULL DEFAULT 0
)${table_options};

CREATE INDEX address_scopes_project ON address_scopes (project_id);

CREATE TABLE auto_allocated_topologies (
  project_id VARCHAR(255) NOT NULL PRIMARY KEY,
  network_id VARCHAR(36) NOT NULL,
  router_id VARCHAR(36) NOT NULL
)${table_options};
