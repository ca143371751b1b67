package org.midonet.neutron.quota;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.midonet.neutron.api.Quotas;
import org.midonet.neutron.config.QuotaConfig;
import org.midonet.neutron.error.NeutronException;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.service.Session;
import org.midonet.neutron.service.Usage;

/**
 * Holds projects to their limits; stateless.
 *
 * <p>A create takes its share with one statement that adds to the count and returns it with the
 * limit; the row stays locked until the commit, so two creates never both take the last place.
 */
public final class ProjectQuotas implements Quotas {
  /** What is counted, in the order in which the API shows it. */
  static final List<String> RESOURCES =
      List.of(
          "network",
          "subnet",
          "subnetpool",
          "port",
          "router",
          "floatingip",
          "rbac_policy",
          "security_group",
          "security_group_rule",
          "firewall",
          "firewall_policy",
          "firewall_rule",
          "vip",
          "pool",
          "member",
          "health_monitor");

  private static final Set<String> COUNTED = Set.copyOf(RESOURCES);

  /** The rules that every new security group comes with: egress for each IP version. */
  private static final int RULES_OF_A_GROUP = 2;

  private final QuotaConfig config;

  /** Holds projects to these limits where an administrator set no others. */
  public ProjectQuotas(QuotaConfig config) {
    this.config = config;
  }

  @Override
  public void reserve(Session session, ResourceType type, List<Resource> inputs) {
    if (!COUNTED.contains(type.name())) {
      return;
    }
    Map<String, Long> byProject =
        inputs.stream()
            .collect(
                Collectors.groupingBy(Resource::projectId, TreeMap::new, Collectors.counting()));
    byProject.remove("");
    byProject.forEach((project, number) -> reserve(session, project, type.name(), number));
    if (type.name().equals("security_group")) {
      byProject.forEach((project, number) ->
          reserve(session, project, "security_group_rule", RULES_OF_A_GROUP * number));
    }
  }

  /** Books now what the session is about to make, so that it is not booked at the end. */
  private void reserve(Session session, String project, String resource, long number) {
    QuotaTable.Row row = QuotaTable.add(session, new Usage(project, resource), number);
    Long own = row.limit();
    long limit = own == null ? config.limit(resource) : own;
    if (limit >= 0 && row.inUse() > limit) {
      throw NeutronException.conflict(
          "OverQuota", "Quota exceeded for resources: ['" + resource + "'].");
    }
    session.count(project, resource, -number);
  }

  @Override
  public void settle(Session session, SortedMap<Usage, Long> changes) {
    changes.forEach((usage, more) -> {
      if (COUNTED.contains(usage.resource())) {
        QuotaTable.add(session, usage, more);
      }
    });
  }
}
