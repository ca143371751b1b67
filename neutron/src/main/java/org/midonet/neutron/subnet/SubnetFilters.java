package org.midonet.neutron.subnet;

import java.util.List;
import java.util.Locale;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.midonet.neutron.network.Networks;
import org.midonet.neutron.rbac.Sharing;
import org.midonet.neutron.resource.Filter;
import org.midonet.neutron.resource.Standard;
import org.midonet.neutron.service.Tables;

/** Filters of subnets by what their network is; stateless. */
final class SubnetFilters {
  private static final Field<String> NETWORK_ID = DSL.field(DSL.name("network_id"), String.class);

  private SubnetFilters() {}

  /** By whether the caller's project may use the network. */
  static Filter shared() {
    return (context, values) -> {
      Condition shared = NETWORK_ID.in(Sharing.objects("network", context, Sharing.SHARED));
      return chosen(values, shared);
    };
  }

  /** By whether routers may use the network as gateway. */
  static Filter external() {
    return (context, values) ->
        chosen(
            values,
            NETWORK_ID.in(
                DSL.select(Tables.text(Standard.ID))
                    .from(Tables.table(Networks.TYPE))
                    .where(Tables.bool(Networks.EXTERNAL).isTrue())));
  }

  private static Condition chosen(List<String> values, Condition condition) {
    boolean yes = values.stream().anyMatch(SubnetFilters::isTrue);
    boolean no = values.stream().anyMatch(v -> !isTrue(v));
    if (yes && no) {
      return DSL.noCondition();
    }
    return yes ? condition : condition.not();
  }

  private static boolean isTrue(String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "true", "1", "yes", "on", "t", "y" -> true;
      default -> false;
    };
  }
}
