CREATE TABLE subnets (
  id ${id} NOT NULL PRIMARY KEY,
  project_id ${name} NOT NULL,
  name ${name} NOT NULL,
  description ${name},
  network_id ${id} NOT NULL REFERENCES networks (id),
  ip_version BIGINT NOT NULL,
  cidr ${word} NOT NULL,
  gateway_ip ${word},
  allocation_pools ${text} NOT NULL,
  enable_dhcp BOOLEAN NOT NULL,
  ipv6_ra_mode ${word},
  ipv6_address_mode ${word},
  dns_nameservers ${text} NOT NULL,
  host_routes ${text} NOT NULL,
  subnetpool_id ${id},
  service_types ${text},
  dns_publish_fixed_ip BOOLEAN,
  segment_id ${id},
  tags ${text},
  revision_number BIGINT NOT NULL,
  created_at ${word} NOT NULL,
  updated_at ${word} NOT NULL
)${table_options};

CREATE INDEX subnets_network ON subnets (network_id);

CREATE INDEX subnets_project ON subnets (project_id);

CREATE INDEX subnets_subnetpool ON subnets (subnetpool_id);

CREATE TABLE ip_allocations (
  subnet_id ${id} NOT NULL,
  sort_key ${word} NOT NULL,
  ip_address ${word} NOT NULL,
  network_id ${id} NOT NULL,
  port_id ${id} NOT NULL,
  PRIMARY KEY (subnet_id, sort_key),
  FOREIGN KEY (subnet_id) REFERENCES subnets (id)
)${table_options};

CREATE INDEX ip_allocations_port ON ip_allocations (port_id);

CREATE INDEX ip_allocations_address ON ip_allocations (ip_address);

CREATE TABLE subnetpools (
  id ${id} NOT NULL PRIMARY KEY,
  project_id ${name} NOT NULL,
  name ${name} NOT NULL,
  description ${name},
  ip_version BIGINT NOT NULL,
  prefixes ${text} NOT NULL,
  default_prefixlen ${word} NOT NULL,
  min_prefixlen ${word} NOT NULL,
  max_prefixlen ${word} NOT NULL,
  default_quota BIGINT,
  is_default BOOLEAN NOT NULL,
  address_scope_id ${id},
  allocations BIGINT NOT NULL DEFAULT 0,
  tags ${text},
  revision_number BIGINT NOT NULL,
  created_at ${word} NOT NULL,
  updated_at ${word} NOT NULL
)${table_options};

CREATE INDEX subnetpools_project ON subnetpools (project_id);

CREATE INDEX subnetpools_address_scope ON subnetpools (address_scope_id);

CREATE TABLE address_scopes (
  id ${id} NOT NULL PRIMARY KEY,
  project_id ${name} NOT NULL,
  name ${name} NOT NULL,
  ip_version BIGINT NOT NULL,
  allocations BIGINT NOT NULL DEFAULT 0
)${table_options};

CREATE INDEX address_scopes_project ON address_scopes (project_id);

CREATE TABLE auto_allocated_topologies (
  project_id ${name} NOT NULL PRIMARY KEY,
  network_id ${id} NOT NULL,
  router_id ${id} NOT NULL
)${table_options};
