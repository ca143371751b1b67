CREATE TABLE resource_tags (
  resource_id VARCHAR(36) NOT NULL,
  tag VARCHAR(255) NOT NULL,
  PRIMARY KEY (resource_id, tag)
)${table_options};

CREATE INDEX resource_tags_tag ON resource_tags (tag);
