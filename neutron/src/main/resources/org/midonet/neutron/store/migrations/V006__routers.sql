CREATE TABLE routers (
  id VARCHAR(36) NOT NULL PRIMARY KEY,
  project_id VARCHAR(255) NOT NULL,
  name VARCHAR(255) NOT NULL,
  description VARCHAR(255),
  admin_state_up BOOLEAN NOT NULL,
  status VARCHAR(16) NOT NULL,
  gw_port_id VARCHAR(36) REFERENCES ports (id),
  external_gateway_info ${text},
  routes ${text},
  availability_zone_hints ${text},
  tags ${text},
  revision_number BIGINT NOT NULL,
  created_at VARCHAR(20) NOT NULL,
  updated_at VARCHAR(20) NOT NULL
)${table_options};

CREATE INDEX routers_project ON routers (project_id);

CREATE TABLE floatingips (
  id VARCHAR(36) NOT NULL PRIMARY KEY,
  project_id VARCHAR(255) NOT NULL,
  description VARCHAR(255),
  floating_network_id VARCHAR(36) NOT NULL REFERENCES networks (id),
  floating_ip_address VARCHAR(64) NOT NULL,
  floating_port_id VARCHAR(36) NOT NULL REFERENCES ports (id),
  router_id VARCHAR(36) REFERENCES routers (id),
  port_id VARCHAR(36) REFERENCES ports (id),
  fixed_ip_address VARCHAR(64),
  status VARCHAR(16) NOT NULL,
  dns_name VARCHAR(255),
  dns_domain VARCHAR(255),
  tags ${text},
  revision_number BIGINT NOT NULL,
  created_at VARCHAR(20) NOT NULL,
  updated_at VARCHAR(20) NOT NULL,
  UNIQUE (floating_network_id, port_id, fixed_ip_address)
)${table_options};

CREATE INDEX floatingips_project ON floatingips (project_id);

CREATE INDEX floatingips_router ON floatingips (router_id);

CREATE INDEX floatingips_port ON floatingips (port_id);

CREATE INDEX floatingips_floating_port ON floatingips (floating_port_id);
