package org.midonet.neutron.metering;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.impl.DSL;
import org.midonet.neutron.auth.RequestContext;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.resource.Standard;
import org.midonet.neutron.service.ResourceService;
import org.midonet.neutron.service.Session;
import org.midonet.neutron.service.Tables;

/** The rules of metering labels, which come and go but do not change; stateless. */
final class MeteringLabelService implements ResourceService {
  private static final int FEW = 50;

  @Override
  public ResourceType type() {
    return MeteringLabels.TYPE;
  }

  @Override
  public Resource create(Session session, Resource input) {
    return session.insert(input);
  }

  /** Its rules go with it. */
  @Override
  public void delete(Session session, Resource current) {
    session.remove(current);
  }

  /** By default policy shows them to their own project all the same. */
  @Override
  public Condition sharing(RequestContext context) {
    return Tables.bool(MeteringLabels.SHARED).isTrue();
  }

  @Override
  public void derive(Session session, List<Resource.Builder> rows) {
    Map<Object, List<Map<String, Object>>> rules = new HashMap<>();
    List<String> ids = rows.stream().map(row -> String.valueOf(row.raw(Standard.ID))).toList();
    Condition some =
        ids.size() > FEW ? DSL.noCondition() : Tables.text(MeteringLabelRules.LABEL_ID).in(ids);
    for (Resource rule : session.tables().list(MeteringLabelRules.TYPE, some)) {
      rules
          .computeIfAbsent(rule.get(MeteringLabelRules.LABEL_ID), id -> new ArrayList<>())
          .add(MeteringData.of(rule));
    }
    for (Resource.Builder row : rows) {
      row.set(MeteringLabels.RULES, rules.getOrDefault(row.raw(Standard.ID), List.of()));
      row.set(Standard.TENANT_ID, row.raw(Standard.PROJECT_ID));
    }
  }
}
