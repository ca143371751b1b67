package org.midonet.neutron.config;

import static org.midonet.neutron.config.OptionTypes.longInteger;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How many of each resource a project may have when nobody set its quota ({@code [quotas]});
 * immutable.
 *
 * @param defaultQuota the limit of resources that have none of their own; negative means no limit
 * @param limits the limit by resource name, as {@code quota_security_group} names it
 */
public record QuotaConfig(long defaultQuota, Map<String, Long> limits) {
  private static final String GROUP = "quotas";
  private static final String UNLIMITED = "; a negative number means no limit.";

  static final Option<Long> DEFAULT_QUOTA =
      Option.of(
          GROUP,
          "default_quota",
          longInteger(Long.MIN_VALUE),
          -1L,
          "Most resources of a kind that has no quota of its own" + UNLIMITED);

  private static final Map<String, Option<Long>> LIMITS = limitOptions();

  static final List<Option<?>> OPTIONS = allOptions();

  public QuotaConfig {
    limits = Map.copyOf(limits);
  }

  /** Returns the limit of a resource such as {@code network}; negative means no limit. */
  public long limit(String resource) {
    return limits.getOrDefault(resource, defaultQuota);
  }

  static QuotaConfig read(ConfigReader reader) {
    Map<String, Long> limits = new LinkedHashMap<>();
    LIMITS.forEach((resource, option) -> {
      Optional<Long> limit = reader.find(option);
      limit.ifPresent(value -> limits.put(resource, value));
    });
    return new QuotaConfig(reader.get(DEFAULT_QUOTA), limits);
  }

  private static Map<String, Option<Long>> limitOptions() {
    Map<String, Option<Long>> options = new LinkedHashMap<>();
    limit(options, "network", "networks", 100);
    limit(options, "subnet", "subnets", 100);
    limit(options, "port", "ports", 500);
    limit(options, "router", "routers", 10);
    limit(options, "floatingip", "floating IPs", 50);
    limit(options, "security_group", "security groups", 10);
    limit(options, "security_group_rule", "security group rules", 100);
    limit(options, "firewall", "firewalls", 10);
    limit(options, "firewall_policy", "firewall policies", 10);
    limit(options, "firewall_rule", "firewall rules", 100);
    limit(options, "vip", "VIPs", 10);
    limit(options, "pool", "pools of load balancing", 10);
    limit(options, "member", "members of pools", -1);
    limit(options, "health_monitor", "health monitors", -1);
    options.put(
        "rbac_policy",
        option("rbac_policy", "RBAC policies", 10).formerly(GROUP, "quota_rbac_entry"));
    return options;
  }

  private static void limit(
      Map<String, Option<Long>> options, String resource, String plural, long limit) {
    options.put(resource, option(resource, plural, limit));
  }

  private static Option<Long> option(String resource, String plural, long limit) {
    return Option.of(
        GROUP,
        "quota_" + resource,
        longInteger(Long.MIN_VALUE),
        limit,
        "Most " + plural + " of a project" + UNLIMITED);
  }

  private static List<Option<?>> allOptions() {
    List<Option<?>> options = new ArrayList<>();
    options.add(DEFAULT_QUOTA);
    options.addAll(LIMITS.values());
    return List.copyOf(options);
  }
}
