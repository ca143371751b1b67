-- Tasks that the built-in importer could not apply, as they stood in midonet_tasks, and why.
CREATE TABLE midonet_parked_tasks (
  id INTEGER NOT NULL PRIMARY KEY,
  type VARCHAR(36) NOT NULL,
  tenant_id VARCHAR(255),
  data_type VARCHAR(36),
  data ${text},
  resource_id VARCHAR(36),
  transaction_id VARCHAR(40) NOT NULL,
  created_at ${datetime} NOT NULL,
  error ${text} NOT NULL
)${table_options};
