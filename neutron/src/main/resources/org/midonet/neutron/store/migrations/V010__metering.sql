CREATE TABLE metering_labels (
  id ${id} NOT NULL PRIMARY KEY,
  project_id ${name} NOT NULL,
  name ${name} NOT NULL,
  description ${text},
  shared BOOLEAN NOT NULL
)${table_options};

CREATE INDEX metering_labels_project ON metering_labels (project_id);

CREATE TABLE metering_label_rules (
  id ${id} NOT NULL PRIMARY KEY,
  metering_label_id ${id} NOT NULL REFERENCES metering_labels (id) ON DELETE CASCADE,
  direction ${word} NOT NULL,
  remote_ip_prefix ${word},
  source_ip_prefix ${word},
  destination_ip_prefix ${word},
  excluded BOOLEAN NOT NULL
)${table_options};

CREATE INDEX metering_label_rules_label ON metering_label_rules (metering_label_id);
