CREATE TABLE routers (
  id ${id} NOT NULL PRIMARY KEY,
  project_id ${name} NOT NULL,
  name ${name} NOT NULL,
  description ${name},
  admin_state_up BOOLEAN NOT NULL,
  status ${word} NOT NULL,
  gw_port_id ${id} REFERENCES ports (id),
  external_gateway_info ${text},
  routes ${text},
  availability_zone_hints ${text},
  tags ${text},
  revision_number BIGINT NOT NULL,
  created_at ${word} NOT NULL,
  updated_at ${word} NOT NULL
)${table_options};

CREATE INDEX routers_project ON routers (project_id);

CREATE TABLE floatingips (
  id ${id} NOT NULL PRIMARY KEY,
  project_id ${name} NOT NULL,
  description ${name},
  floating_network_id ${id} NOT NULL REFERENCES networks (id),
  floating_ip_address ${word} NOT NULL,
  floating_port_id ${id} NOT NULL REFERENCES ports (id),
  router_id ${id} REFERENCES routers (id),
  port_id ${id} REFERENCES ports (id),
  fixed_ip_address ${word},
  status ${word} NOT NULL,
  dns_name ${name},
  dns_domain ${name},
  tags ${text},
  revision_number BIGINT NOT NULL,
  created_at ${word} NOT NULL,
  updated_at ${word} NOT NULL,
  CONSTRAINT uq_floatingips_floating_network_id_port_id_fixed_ip_address
    UNIQUE (floating_network_id, port_id, fixed_ip_address)
)${table_options};

CREATE INDEX floatingips_project ON floatingips (project_id);

CREATE INDEX floatingips_router ON floatingips (router_id);

CREATE INDEX floatingips_port ON floatingips (port_id);

CREATE INDEX floatingips_floating_port ON floatingips (floating_port_id);
