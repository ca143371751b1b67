package org.midonet.neutron.agent;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import org.jooq.impl.DSL;
import org.midonet.neutron.resource.Attribute;
import org.midonet.neutron.resource.Converters;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.resource.Standard;
import org.midonet.neutron.resource.Validators;
import org.midonet.neutron.resource.ValueType;

/** The agent resource (API reference, "Networking Agents"); stateless. */
public final class Agents {
  /** What it does, for example {@code DHCP agent}; an agent is known by this and its host. */
  public static final Attribute<String> AGENT_TYPE =
      Attribute.string("agent_type").queryable().build();

  /** Its program. */
  public static final Attribute<String> BINARY =
      Attribute.string("binary").column("agent_binary").queryable().build();

  /** The RPC topic it serves. */
  public static final Attribute<String> TOPIC = Attribute.string("topic").queryable().build();

  /** Where it runs. */
  public static final Attribute<String> HOST = Attribute.string("host").queryable().build();

  /** Whether the administrator lets it work. */
  public static final Attribute<Boolean> ADMIN_STATE_UP =
      Attribute.bool("admin_state_up").onUpdate().queryable().build();

  /** When it reported for the first time, UTC, as are the two times below. */
  public static final Attribute<String> CREATED_AT =
      Attribute.string("created_at").sortable().build();

  /** When it last said that it was just started. */
  public static final Attribute<String> STARTED_AT =
      Attribute.string("started_at").sortable().build();

  /** When it last reported. */
  public static final Attribute<String> HEARTBEAT_TIMESTAMP =
      Attribute.string("heartbeat_timestamp").sortable().build();

  /** Free text of the administrator. */
  public static final Attribute<String> DESCRIPTION =
      Attribute.string("description")
          .onUpdate()
          .validate(Validators.orNone(Validators.string(255)))
          .queryable()
          .build();

  /** Whether it reported lately; the filter works on what was read, not in SQL. */
  public static final Attribute<Boolean> ALIVE =
      Attribute.derived("alive", ValueType.BOOLEAN)
          .convert(Converters::toBoolean)
          .filterable((_, _) -> DSL.noCondition())
          .build();

  /** What it says of itself. */
  public static final Attribute<Map<String, Object>> CONFIGURATIONS =
      Attribute.of("configurations", ValueType.OBJECT).build();

  /** The versions of the objects it understands; shown only where schedulers list agents. */
  public static final Attribute<Map<String, Object>> RESOURCE_VERSIONS =
      Attribute.of("resource_versions", ValueType.OBJECT).hidden().build();

  /** Where it works, as operators name it (alias availability_zone). */
  public static final Attribute<String> AVAILABILITY_ZONE =
      Attribute.string("availability_zone").queryable().build();

  /**
   * Whether its last full synchronization succeeded; no agent of ours says
   * (agent-resources-synced).
   */
  public static final Attribute<Boolean> RESOURCES_SYNCED =
      Attribute.bool("resources_synced").build();

  /** The agent. */
  public static final ResourceType TYPE =
      ResourceType.of(
          "agent",
          "agents",
          "Agent",
          List.of(
              Standard.ID,
              AGENT_TYPE,
              BINARY,
              TOPIC,
              HOST,
              ADMIN_STATE_UP,
              CREATED_AT,
              STARTED_AT,
              HEARTBEAT_TIMESTAMP,
              DESCRIPTION,
              ALIVE,
              CONFIGURATIONS,
              RESOURCE_VERSIONS));

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

  private Agents() {}

  /** Returns a time as agents show it; such texts sort as the times do. */
  static String time(Instant instant) {
    return TIME.format(instant);
  }

  /** Returns the time an agent shows. */
  static Instant time(String text) {
    return TIME.parse(text, Instant::from);
  }

  static boolean is(Resource agent, AgentKind kind) {
    return agent.get(AGENT_TYPE).equals(kind.agentType());
  }
}
