package org.midonet.neutron.agent;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jooq.impl.DSL;
import org.midonet.neutron.resource.Attribute;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.resource.ValueType;
import org.midonet.neutron.service.ListQuery;
import org.midonet.neutron.service.ResourceService;
import org.midonet.neutron.service.Session;
import org.midonet.neutron.service.Tables;

/**
 * The availability zones (API reference, "Availability zones"): what DHCP and L3 agents say of
 * themselves, counted up; stateless.
 */
final class AvailabilityZones implements ResourceService {
  /** The zone's name. */
  static final Attribute<String> NAME = filtered("name");

  /** What can be placed in it: network or router. */
  static final Attribute<String> RESOURCE = filtered("resource");

  /** Whether any agent there may work: available or unavailable. */
  static final Attribute<String> STATE = filtered("state");

  static final ResourceType TYPE =
      ResourceType.of(
              "availability_zone",
              "availability_zones",
              "AvailabilityZone",
              List.of(NAME, RESOURCE, STATE))
          .at("availability_zones");

  private record Zone(String name, String resource) implements Comparable<Zone> {
    @Override
    public int compareTo(Zone other) {
      int byName = name.compareTo(other.name);
      return byName != 0 ? byName : resource.compareTo(other.resource);
    }
  }

  private static Attribute<String> filtered(String name) {
    return Attribute.derived(name, ValueType.STRING)
        .filterable((_, _) -> DSL.noCondition())
        .build();
  }

  @Override
  public ResourceType type() {
    return TYPE;
  }

  /** A zone has no identifier to be shown by. */
  @Override
  public Optional<Resource> find(Session session, String id) {
    return Optional.empty();
  }

  @Override
  public void list(Session session, ListQuery query, Consumer<List<Resource>> parts) {
    TreeMap<Zone, Boolean> zones = new TreeMap<>();
    for (AgentKind kind : AgentKind.values()) {
      for (Resource agent : of(session, kind)) {
        Zone zone = new Zone(agent.get(Agents.AVAILABILITY_ZONE), kind.resource());
        zones.merge(zone, agent.get(Agents.ADMIN_STATE_UP), Boolean::logicalOr);
      }
    }
    List<Resource> rows = new ArrayList<>();
    zones.forEach((zone, available) -> {
      Resource row =
          session
              .changes(TYPE)
              .set(NAME, zone.name())
              .set(RESOURCE, zone.resource())
              .set(STATE, available ? "available" : "unavailable")
              .build();
      if (query.matches(row)) {
        rows.add(row);
      }
    });
    parts.accept(rows);
  }

  /** Lists the agents of a kind that name a zone. */
  static List<Resource> of(Session session, AgentKind kind) {
    return session
        .tables()
        .list(
            Agents.TYPE,
            Tables.text(Agents.AGENT_TYPE)
                .eq(kind.agentType())
                .and(Tables.text(Agents.AVAILABILITY_ZONE).isNotNull()));
  }
}
