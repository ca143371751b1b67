-- Read by MidoNet's importer, so names and types are those of networking-midonet.
CREATE TABLE midonet_tasks (
  id ${auto_int},
  type VARCHAR(36) NOT NULL,
  tenant_id VARCHAR(255),
  data_type VARCHAR(36),
  data ${text},
  resource_id VARCHAR(36),
  transaction_id VARCHAR(40) NOT NULL,
  created_at ${datetime} NOT NULL
)${table_options};

CREATE TABLE midonet_data_versions (
  id INTEGER NOT NULL PRIMARY KEY,
  sync_started_at ${datetime},
  sync_finished_at ${datetime},
  sync_status VARCHAR(50),
  sync_tasks_status VARCHAR(50),
  stale BOOLEAN NOT NULL
)${table_options};

CREATE TABLE midonet_data_state (
  id INTEGER NOT NULL PRIMARY KEY,
  last_processed_task_id INTEGER REFERENCES midonet_tasks (id),
  updated_at ${datetime} NOT NULL,
  active_version INTEGER REFERENCES midonet_data_versions (id),
  readonly BOOLEAN NOT NULL
)${table_options};

INSERT INTO midonet_data_state (id, last_processed_task_id, updated_at, active_version, readonly)
VALUES (1, NULL, '2015-01-01 00:00:00', NULL, FALSE);

CREATE TABLE midonet_agent_memberships (
  id VARCHAR(36) NOT NULL PRIMARY KEY,
  ip_address VARCHAR(64) NOT NULL
)${table_options};
