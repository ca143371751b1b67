create table networks (
  id ${id} not null primary key,
  name ${name},
  description ${text},
  created_at ${timestamp} not null
) ${table_options};
create index ix_networks_name on networks (name);
