package org.midonet.plugin.l3;

import java.util.Set;
import java.util.stream.Collectors;

/** The extensions of routers and floating IPs. Immutable, safe to share between threads. */
public final class L3Aliases {

  private static final Set<String> ALL =
      Set.of(
          "auto-allocated-topology",
          "dvr",
          "ext-gw-mode",
          "extraroute",
          "extraroute-atomic",
          "fip-port-details",
          "floatingip-pools",
          "l3-ha",
          "l3-port-ip-change-not-allowed",
          "l3_agent_scheduler",
          "router",
          "router-admin-state-down-before-update",
          "router_availability_zone");

  /** What an operator switches off by {@code enable_dvr = false}. */
  private static final Set<String> DVR = Set.of("dvr", "router-admin-state-down-before-update");

  private L3Aliases() {}

  /**
   * Those that are served.
   *
   * @param dvr whether an administrator may ask for distributed routers ([DEFAULT] enable_dvr)
   */
  public static Set<String> of(boolean dvr) {
    return ALL.stream()
        .filter(alias -> dvr || !DVR.contains(alias))
        .collect(Collectors.toUnmodifiableSet());
  }
}
