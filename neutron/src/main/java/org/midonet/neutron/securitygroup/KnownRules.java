package org.midonet.neutron.securitygroup;

import java.util.HashMap;
import java.util.Map;
import org.jooq.Condition;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.service.Session;
import org.midonet.neutron.service.Tables;

/**
 * The rules of the groups that a session adds to, by their keys: read once, so that many rules in
 * one request do not read each other over and over. Belongs to one session.
 */
final class KnownRules {
  private final Map<String, Map<String, String>> idsByKey = new HashMap<>();

  private KnownRules() {}

  static KnownRules of(Session session) {
    return session.memo(KnownRules.class, KnownRules::new);
  }

  /** The id of a rule that is the same; null if there is none. */
  @Nullable String same(Session session, Resource rule) {
    return idsByKey
        .computeIfAbsent(rule.get(SecurityGroupRules.GROUP_ID), group -> read(session, group))
        .get(RuleKey.of(rule));
  }

  private static Map<String, String> read(Session session, String group) {
    Condition ofGroup = Tables.text(SecurityGroupRules.GROUP_ID).eq(group);
    Map<String, String> ids = new HashMap<>();
    for (Resource rule : session.tables().list(SecurityGroupRules.TYPE, ofGroup)) {
      ids.putIfAbsent(RuleKey.of(rule), rule.id());
    }
    return ids;
  }

  /** A rule came. */
  void add(Resource rule) {
    Map<String, String> ids = idsByKey.get(rule.get(SecurityGroupRules.GROUP_ID));
    if (ids != null) {
      ids.put(RuleKey.of(rule), rule.id());
    }
  }

  /** A rule of a group went; the group is read again. */
  void forget(String group) {
    idsByKey.remove(group);
  }
}
