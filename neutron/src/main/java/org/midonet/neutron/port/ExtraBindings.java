package org.midonet.neutron.port;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.midonet.neutron.resource.Json;
import org.midonet.neutron.service.Session;

/**
 * The rows of a port's bindings that are not the active one; stateless. The active one is in the
 * port's own row.
 */
final class ExtraBindings {
  private static final Table<?> TABLE = DSL.table(DSL.name("port_bindings"));
  private static final Field<String> PORT_ID = column("port_id");
  private static final Field<String> HOST = column("host");
  private static final Field<String> VNIC_TYPE = column("vnic_type");
  private static final Field<String> PROFILE = column("profile");
  private static final Field<String> VIF_TYPE = column("vif_type");
  private static final Field<String> VIF_DETAILS = column("vif_details");

  private ExtraBindings() {}

  static List<Binding> of(Session session, String portId) {
    return session
        .transaction()
        .dsl()
        .select(HOST, VNIC_TYPE, PROFILE, VIF_TYPE, VIF_DETAILS)
        .from(TABLE)
        .where(PORT_ID.eq(portId))
        .orderBy(HOST)
        .fetch(ExtraBindings::read);
  }

  static Optional<Binding> find(Session session, String portId, String host) {
    return of(session, portId).stream().filter(b -> b.host().equals(host)).findFirst();
  }

  static void put(Session session, String portId, Binding binding) {
    remove(session, portId, binding.host());
    session
        .transaction()
        .dsl()
        .insertInto(TABLE)
        .columns(PORT_ID, HOST, VNIC_TYPE, PROFILE, VIF_TYPE, VIF_DETAILS)
        .values(
            portId,
            binding.host(),
            binding.vnicType(),
            Json.write(binding.profile()),
            binding.vif().type(),
            Json.write(binding.vif().details()))
        .execute();
  }

  static void remove(Session session, String portId, String host) {
    Condition row = PORT_ID.eq(portId).and(HOST.eq(host));
    session.transaction().dsl().deleteFrom(TABLE).where(row).execute();
  }

  private static Binding read(Record row) {
    return new Binding(
        row.get(HOST),
        row.get(VNIC_TYPE),
        object(row.get(PROFILE)),
        new PortBinder.Vif(row.get(VIF_TYPE), object(row.get(VIF_DETAILS))),
        false);
  }

  private static Map<String, Object> object(String json) {
    Map<String, Object> object = new LinkedHashMap<>();
    if (Json.read(json) instanceof Map<?, ?> map) {
      map.forEach((key, value) -> object.put((String) key, value));
    }
    return object;
  }

  private static Field<String> column(String name) {
    return DSL.field(DSL.name(name), SQLDataType.VARCHAR);
  }
}
