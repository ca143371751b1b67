CREATE TABLE resource_tags (
  resource_id ${id} NOT NULL,
  tag ${name} NOT NULL,
  PRIMARY KEY (resource_id, tag)
)${table_options};

CREATE INDEX resource_tags_tag ON resource_tags (tag);
