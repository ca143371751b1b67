CREATE TABLE quotas (
  project_id VARCHAR(255) NOT NULL,
  resource VARCHAR(64) NOT NULL,
  in_use BIGINT NOT NULL,
  quota_limit BIGINT,
  PRIMARY KEY (project_id, resource)
)${table_options};
