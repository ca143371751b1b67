create table ports (
  number ${auto_id},
  network_id ${id} not null,
  admin_state_up boolean not null,
  state ${binary},
  constraint fk_ports_network foreign key (network_id) references networks (id) on delete cascade
) ${table_options};
