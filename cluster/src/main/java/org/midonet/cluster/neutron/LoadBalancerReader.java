package org.midonet.cluster.neutron;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.cluster.neutron.NeutronVip.Persistence;
import org.midonet.cluster.neutron.NeutronVip.PersistenceType;

/** Reads Neutron's documents of LBaaS v1. Stateless. */
final class LoadBalancerReader {
  private static final Map<String, PersistenceType> PERSISTENCE =
      Map.of(
          "source_ip", PersistenceType.SOURCE_IP,
          "http_cookie", PersistenceType.HTTP_COOKIE,
          "app_cookie", PersistenceType.APP_COOKIE);

  private static final int MAX_PORT = 65535;
  private static final int DEFAULT_WEIGHT = 1;

  private LoadBalancerReader() {}

  static NeutronPool pool(Fields in) {
    return new NeutronPool(
        in.requiredUuid("id"),
        in.text("tenant_id"),
        in.text("name"),
        in.text("description"),
        in.uuid("subnet_id"),
        in.uuid("router_id"),
        in.text("protocol"),
        in.text("lb_method"),
        in.text("provider"),
        in.uuids("health_monitors"),
        in.flag("admin_state_up", false),
        in.text("status"),
        in.text("status_description"));
  }

  static NeutronPoolMember member(Fields in) {
    return new NeutronPoolMember(
        in.requiredUuid("id"),
        in.text("tenant_id"),
        in.uuid("pool_id"),
        Fields.required("address", in.address("address")),
        port(in),
        number(in, "weight", DEFAULT_WEIGHT),
        in.flag("admin_state_up", false),
        in.text("status"),
        in.text("status_description"));
  }

  static NeutronVip vip(Fields in) {
    return new NeutronVip(
        in.requiredUuid("id"),
        in.text("tenant_id"),
        in.text("name"),
        in.text("description"),
        in.requiredUuid("subnet_id"),
        in.uuid("port_id"),
        in.uuid("pool_id"),
        Fields.required("address", in.address("address")),
        in.text("protocol"),
        port(in),
        persistence(in.object("session_persistence")),
        in.integer("connection_limit"),
        in.flag("admin_state_up", false),
        in.text("status"),
        in.text("status_description"));
  }

  static NeutronHealthMonitor healthMonitor(Fields in) {
    return new NeutronHealthMonitor(
        in.requiredUuid("id"),
        in.text("tenant_id"),
        in.text("type"),
        number(in, "delay", 0),
        number(in, "timeout", 0),
        number(in, "max_retries", 0),
        in.text("http_method"),
        in.text("url_path"),
        in.text("expected_codes"),
        in.objects("pools", LoadBalancerReader::poolId).stream().distinct().toList(),
        in.flag("admin_state_up", false),
        in.text("status"),
        in.text("status_description"));
  }

  private static UUID poolId(Fields in) {
    return in.requiredUuid("pool_id");
  }

  /** Neutron has an empty object where there is none. */
  private static @Nullable Persistence persistence(@Nullable Fields in) {
    if (in == null) {
      return null;
    }
    PersistenceType type = in.choice("type", PERSISTENCE);
    return type == null ? null : new Persistence(type, in.text("cookie_name"));
  }

  private static int port(Fields in) {
    Integer port = Fields.required("protocol_port", in.integer("protocol_port"));
    if (port < 0 || port > MAX_PORT) {
      throw MalformedException.of("protocol_port", "a port", port);
    }
    return port;
  }

  private static int number(Fields in, String field, int absent) {
    Integer number = in.integer(field);
    if (number != null && number < 0) {
      throw MalformedException.of(field, "a whole number of 0 or more", number);
    }
    return number == null ? absent : number;
  }
}
