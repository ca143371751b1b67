CREATE TABLE pools (
  id ${id} NOT NULL PRIMARY KEY,
  project_id ${name} NOT NULL,
  name ${name} NOT NULL,
  description ${name},
  subnet_id ${id} NOT NULL REFERENCES subnets (id),
  router_id ${id},
  protocol ${word} NOT NULL,
  provider ${name} NOT NULL,
  lb_method ${word} NOT NULL,
  admin_state_up BOOLEAN NOT NULL,
  status ${word} NOT NULL,
  status_description ${name}
)${table_options};

CREATE INDEX pools_project ON pools (project_id);

CREATE INDEX pools_subnet ON pools (subnet_id);

CREATE INDEX pools_router ON pools (router_id);

CREATE TABLE vips (
  id ${id} NOT NULL PRIMARY KEY,
  project_id ${name} NOT NULL,
  name ${name} NOT NULL,
  description ${name},
  subnet_id ${id} NOT NULL,
  address ${word} NOT NULL,
  port_id ${id} NOT NULL UNIQUE,
  protocol_port BIGINT NOT NULL,
  protocol ${word} NOT NULL,
  pool_id ${id} NOT NULL UNIQUE REFERENCES pools (id),
  session_persistence ${text},
  connection_limit BIGINT NOT NULL,
  admin_state_up BOOLEAN NOT NULL,
  status ${word} NOT NULL,
  status_description ${name}
)${table_options};

CREATE INDEX vips_project ON vips (project_id);

CREATE TABLE members (
  id ${id} NOT NULL PRIMARY KEY,
  project_id ${name} NOT NULL,
  pool_id ${id} NOT NULL REFERENCES pools (id),
  address ${word} NOT NULL,
  protocol_port BIGINT NOT NULL,
  weight BIGINT NOT NULL,
  admin_state_up BOOLEAN NOT NULL,
  alive BOOLEAN NOT NULL,
  status ${word} NOT NULL,
  status_description ${name},
  UNIQUE (pool_id, address, protocol_port)
)${table_options};

CREATE INDEX members_project ON members (project_id);

CREATE TABLE healthmonitors (
  id ${id} NOT NULL PRIMARY KEY,
  project_id ${name} NOT NULL,
  type ${word} NOT NULL,
  delay BIGINT NOT NULL,
  timeout BIGINT NOT NULL,
  max_retries BIGINT NOT NULL,
  http_method ${word},
  url_path ${name},
  expected_codes ${word},
  admin_state_up BOOLEAN NOT NULL
)${table_options};

CREATE INDEX healthmonitors_project ON healthmonitors (project_id);

CREATE TABLE pool_monitor_associations (
  pool_id ${id} NOT NULL REFERENCES pools (id) ON DELETE CASCADE,
  monitor_id ${id} NOT NULL REFERENCES healthmonitors (id),
  status ${word} NOT NULL,
  status_description ${name},
  PRIMARY KEY (pool_id, monitor_id)
)${table_options};

CREATE INDEX pool_monitor_associations_monitor ON pool_monitor_associations (monitor_id);

CREATE TABLE pool_traffic (
  pool_id ${id} NOT NULL REFERENCES pools (id) ON DELETE CASCADE,
  host_id ${id} NOT NULL,
  epoch ${word} NOT NULL,
  bytes_in BIGINT NOT NULL,
  bytes_out BIGINT NOT NULL,
  total_connections BIGINT NOT NULL,
  PRIMARY KEY (pool_id, host_id, epoch)
)${table_options};
