CREATE TABLE firewall_routers_left (
  fw_id ${id} NOT NULL REFERENCES firewalls (id) ON DELETE CASCADE,
  router_id ${id} NOT NULL REFERENCES routers (id) ON DELETE CASCADE,
  PRIMARY KEY (fw_id, router_id)
)${table_options};
