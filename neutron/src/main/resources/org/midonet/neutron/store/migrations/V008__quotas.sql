CREATE TABLE quotas (
  project_id ${name} NOT NULL,
  resource ${word} NOT NULL,
  in_use BIGINT NOT NULL,
  quota_limit BIGINT,
  PRIMARY KEY (project_id, resource)
)${table_options};
