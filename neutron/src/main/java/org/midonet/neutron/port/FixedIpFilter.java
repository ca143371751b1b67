package org.midonet.neutron.port;

import java.util.ArrayList;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.midonet.neutron.auth.RequestContext;
import org.midonet.neutron.resource.Filter;
import org.midonet.neutron.resource.Standard;
import org.midonet.neutron.service.Tables;

/**
 * The {@code fixed_ips} filter of ports: {@code ip_address=A}, {@code subnet_id=S} and {@code
 * ip_address_substr=T} (alias ip-substring-filtering); values of one key are alternatives, keys
 * narrow each other, unknown keys are passed over. Stateless.
 */
final class FixedIpFilter implements Filter {
  static final FixedIpFilter INSTANCE = new FixedIpFilter();

  private static final Field<String> PORT_ID = column("port_id");
  private static final Field<String> SUBNET_ID = column("subnet_id");
  private static final Field<String> IP_ADDRESS = column("ip_address");

  private FixedIpFilter() {}

  @Override
  public Condition condition(RequestContext context, List<String> values) {
    List<String> addresses = new ArrayList<>();
    List<String> subnets = new ArrayList<>();
    Condition substrings = DSL.falseCondition();
    boolean anySubstring = false;
    for (String value : values) {
      int equals = value.indexOf('=');
      String wanted = value.substring(equals + 1);
      switch (equals < 0 ? "" : value.substring(0, equals)) {
        case "ip_address" -> addresses.add(wanted);
        case "subnet_id" -> subnets.add(wanted);
        case "ip_address_substr" -> {
          substrings = substrings.or(IP_ADDRESS.contains(wanted));
          anySubstring = true;
        }
        default -> {
          // Neutron passes over keys it does not know.
        }
      }
    }
    Condition all = DSL.noCondition();
    if (!addresses.isEmpty()) {
      all = all.and(portsWith(IP_ADDRESS.in(addresses)));
    }
    if (!subnets.isEmpty()) {
      all = all.and(portsWith(SUBNET_ID.in(subnets)));
    }
    return anySubstring ? all.and(portsWith(substrings)) : all;
  }

  private static Condition portsWith(Condition allocation) {
    return Tables.text(Standard.ID)
        .in(DSL.select(PORT_ID).from(DSL.table(DSL.name("ip_allocations"))).where(allocation));
  }

  private static Field<String> column(String name) {
    return DSL.field(DSL.name(name), SQLDataType.VARCHAR);
  }
}
