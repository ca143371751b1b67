package org.midonet.neutron.config;

import static org.midonet.neutron.config.OptionTypes.bool;
import static org.midonet.neutron.config.OptionTypes.choice;
import static org.midonet.neutron.config.OptionTypes.integer;
import static org.midonet.neutron.config.OptionTypes.list;
import static org.midonet.neutron.config.OptionTypes.seconds;
import static org.midonet.neutron.config.OptionTypes.word;

import java.time.Duration;
import java.util.List;

/**
 * Which agents are alive and how networks and routers are handed to them ({@code [DEFAULT]});
 * immutable.
 */
public record AgentsConfig(
    Duration agentDownTime,
    boolean enableNewAgents,
    boolean enableServicesOnAgentsWithAdminStateDown,
    boolean dhcpAgentNotification,
    int dhcpAgentsPerNetwork,
    String dhcpLoadType,
    String networkSchedulerDriver,
    boolean networkAutoSchedule,
    boolean allowAutomaticDhcpFailover,
    String routerSchedulerDriver,
    boolean routerAutoSchedule,
    boolean allowAutomaticL3agentFailover,
    int maxL3AgentsPerRouter,
    List<String> defaultAvailabilityZones) {
  static final Option<Duration> AGENT_DOWN_TIME =
      Option.of(
          "DEFAULT",
          "agent_down_time",
          seconds(1),
          Duration.ofSeconds(75),
          "Seconds of silence after which an agent counts as dead; at least twice the interval "
              + "of its reports.");

  static final Option<Boolean> ENABLE_NEW_AGENTS =
      Option.of(
          "DEFAULT",
          "enable_new_agents",
          bool(),
          true,
          "Whether an agent that reports for the first time gets work at once.");

  static final Option<Boolean> ENABLE_SERVICES_ON_AGENTS_WITH_ADMIN_STATE_DOWN =
      Option.of(
          "DEFAULT",
          "enable_services_on_agents_with_admin_state_down",
          bool(),
          false,
          "Whether agents with admin_state_up false keep what they have.");

  static final Option<Boolean> DHCP_AGENT_NOTIFICATION =
      Option.of(
          "DEFAULT",
          "dhcp_agent_notification",
          bool(),
          true,
          "Whether DHCP agents are told of changes.");

  static final Option<Integer> DHCP_AGENTS_PER_NETWORK =
      Option.of(
          "DEFAULT",
          "dhcp_agents_per_network",
          integer(1),
          1,
          "DHCP agents that serve one network.");

  static final Option<String> DHCP_LOAD_TYPE =
      Option.of(
          "DEFAULT",
          "dhcp_load_type",
          choice("networks", "subnets", "ports"),
          "networks",
          "What the load of a DHCP agent is counted in.");

  static final Option<String> NETWORK_SCHEDULER_DRIVER =
      Option.of(
          "DEFAULT",
          "network_scheduler_driver",
          word(),
          "neutron.scheduler.dhcp_agent_scheduler.WeightScheduler",
          "How DHCP agents are chosen: WeightScheduler takes the least loaded, ChanceScheduler "
              + "any.");

  static final Option<Boolean> NETWORK_AUTO_SCHEDULE =
      Option.of(
          "DEFAULT",
          "network_auto_schedule",
          bool(),
          true,
          "Whether networks without an agent are given to a DHCP agent that asks.");

  static final Option<Boolean> ALLOW_AUTOMATIC_DHCP_FAILOVER =
      Option.of(
          "DEFAULT",
          "allow_automatic_dhcp_failover",
          bool(),
          true,
          "Whether networks move from DHCP agents that have been silent for twice agent_down_time "
              + "to others.");

  static final Option<String> ROUTER_SCHEDULER_DRIVER =
      Option.of(
          "DEFAULT",
          "router_scheduler_driver",
          word(),
          "neutron.scheduler.l3_agent_scheduler.LeastRoutersScheduler",
          "How L3 agents are chosen: LeastRoutersScheduler takes the least loaded, "
              + "ChanceScheduler any.");

  static final Option<Boolean> ROUTER_AUTO_SCHEDULE =
      Option.of(
          "DEFAULT",
          "router_auto_schedule",
          bool(),
          true,
          "Whether routers without an agent are given to an L3 agent that asks.");

  static final Option<Boolean> ALLOW_AUTOMATIC_L3AGENT_FAILOVER =
      Option.of(
          "DEFAULT",
          "allow_automatic_l3agent_failover",
          bool(),
          false,
          "Whether routers move from L3 agents that have been silent for twice agent_down_time to "
              + "others.");

  static final Option<Integer> MAX_L3_AGENTS_PER_ROUTER =
      Option.of(
          "DEFAULT",
          "max_l3_agents_per_router",
          integer(0),
          3,
          "Most L3 agents that host one highly available router; 0 means all.");

  static final Option<List<String>> DEFAULT_AVAILABILITY_ZONES =
      Option.of(
          "DEFAULT",
          "default_availability_zones",
          list(),
          List.of(),
          "The availability zones of a network or router whose request names none.");

  static final List<Option<?>> OPTIONS =
      List.of(
          AGENT_DOWN_TIME,
          ENABLE_NEW_AGENTS,
          ENABLE_SERVICES_ON_AGENTS_WITH_ADMIN_STATE_DOWN,
          DHCP_AGENT_NOTIFICATION,
          DHCP_AGENTS_PER_NETWORK,
          DHCP_LOAD_TYPE,
          NETWORK_SCHEDULER_DRIVER,
          NETWORK_AUTO_SCHEDULE,
          ALLOW_AUTOMATIC_DHCP_FAILOVER,
          ROUTER_SCHEDULER_DRIVER,
          ROUTER_AUTO_SCHEDULE,
          ALLOW_AUTOMATIC_L3AGENT_FAILOVER,
          MAX_L3_AGENTS_PER_ROUTER,
          DEFAULT_AVAILABILITY_ZONES);

  static AgentsConfig read(ConfigReader reader) {
    return new AgentsConfig(
        reader.get(AGENT_DOWN_TIME),
        reader.get(ENABLE_NEW_AGENTS),
        reader.get(ENABLE_SERVICES_ON_AGENTS_WITH_ADMIN_STATE_DOWN),
        reader.get(DHCP_AGENT_NOTIFICATION),
        reader.get(DHCP_AGENTS_PER_NETWORK),
        reader.get(DHCP_LOAD_TYPE),
        reader.get(NETWORK_SCHEDULER_DRIVER),
        reader.get(NETWORK_AUTO_SCHEDULE),
        reader.get(ALLOW_AUTOMATIC_DHCP_FAILOVER),
        reader.get(ROUTER_SCHEDULER_DRIVER),
        reader.get(ROUTER_AUTO_SCHEDULE),
        reader.get(ALLOW_AUTOMATIC_L3AGENT_FAILOVER),
        reader.get(MAX_L3_AGENTS_PER_ROUTER),
        reader.get(DEFAULT_AVAILABILITY_ZONES));
  }
}
