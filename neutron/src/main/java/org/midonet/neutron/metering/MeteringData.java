package org.midonet.neutron.metering;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.resource.Attribute;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.Standard;
import org.midonet.neutron.router.Routers;
import org.midonet.neutron.service.Session;
import org.midonet.neutron.service.Tables;

/**
 * Routers with what is metered on them, in the shape that Neutron's metering agents read;
 * stateless.
 *
 * <p>A label counts on the routers of its project, a shared one on all routers.
 */
final class MeteringData {
  private static final String LABELS = "_metering_labels";

  private static final List<Attribute<?>> RULE =
      List.of(
          Standard.ID,
          MeteringLabelRules.LABEL_ID,
          MeteringLabelRules.DIRECTION,
          MeteringLabelRules.REMOTE_IP_PREFIX,
          MeteringLabelRules.SOURCE_IP_PREFIX,
          MeteringLabelRules.DESTINATION_IP_PREFIX,
          MeteringLabelRules.EXCLUDED);

  private MeteringData() {}

  /** The routers that are up, each with all labels on it and their rules. */
  static List<Map<String, @Nullable Object>> all(Session session) {
    return of(session, session.list(MeteringLabels.TYPE, DSL.noCondition()));
  }

  /** The routers that are up, each with those of the labels that are on it and their rules. */
  static List<Map<String, @Nullable Object>> of(Session session, List<Resource> labels) {
    Map<String, Map<String, @Nullable Object>> views = new LinkedHashMap<>();
    Map<String, List<Map<String, @Nullable Object>>> metered = new LinkedHashMap<>();
    List<Resource> routers = labels.isEmpty() ? List.of() : routers(session, DSL.noCondition());
    for (Resource label : labels) {
      for (Resource router : routers) {
        if (router.get(Standard.ADMIN_STATE_UP) && counts(label, router)) {
          views.putIfAbsent(router.id(), view(router));
          metered.computeIfAbsent(router.id(), id -> new ArrayList<>()).add(full(label));
        }
      }
    }
    views.forEach((id, view) -> view.put(LABELS, metered.get(id)));
    return List.copyOf(views.values());
  }

  /** The routers that a rule counts on, whether they are up or not, each with that rule. */
  static List<Map<String, @Nullable Object>> ofRule(
      Session session, Resource label, Resource rule) {
    List<Map<String, @Nullable Object>> views = new ArrayList<>();
    Condition some =
        label.get(MeteringLabels.SHARED)
            ? DSL.noCondition()
            : Tables.text(Standard.PROJECT_ID).eq(label.projectId());
    for (Resource router : routers(session, some)) {
      Map<String, @Nullable Object> view = view(router);
      view.put(LABELS, List.of(Map.of("id", label.id(), "rule", of(rule))));
      views.add(view);
    }
    return views;
  }

  /** A rule. */
  static Map<String, @Nullable Object> of(Resource rule) {
    Map<String, @Nullable Object> view = new LinkedHashMap<>();
    for (Attribute<?> attribute : RULE) {
      Object raw = rule.raw(attribute);
      view.put(attribute.name(), Resource.isSet(raw) ? raw : null);
    }
    return view;
  }

  private static boolean counts(Resource label, Resource router) {
    return label.get(MeteringLabels.SHARED) || label.projectId().equals(router.projectId());
  }

  /** None where no plugin serves routers. */
  private static List<Resource> routers(Session session, Condition condition) {
    return session.catalog().has(Routers.TYPE)
        ? session.tables().list(Routers.TYPE, condition)
        : List.of();
  }

  private static Map<String, @Nullable Object> full(Resource label) {
    Map<String, @Nullable Object> view = new LinkedHashMap<>();
    view.put("id", label.id());
    view.put("rules", label.get(MeteringLabels.RULES, List.of()));
    view.put("shared", label.get(MeteringLabels.SHARED));
    view.put("name", label.get(MeteringLabels.NAME, ""));
    return view;
  }

  private static Map<String, @Nullable Object> view(Resource router) {
    Map<String, @Nullable Object> view = new LinkedHashMap<>();
    view.put("id", router.id());
    view.put("name", router.get(Standard.NAME, ""));
    view.put("project_id", router.projectId());
    view.put("admin_state_up", router.get(Standard.ADMIN_STATE_UP));
    view.put("status", router.get(Standard.STATUS));
    view.put("gw_port_id", router.find(Routers.GATEWAY_PORT));
    view.put("distributed", router.get(Routers.DISTRIBUTED, false));
    return view;
  }
}
