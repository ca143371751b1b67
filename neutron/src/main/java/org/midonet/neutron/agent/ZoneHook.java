package org.midonet.neutron.agent;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.impl.DSL;
import org.midonet.neutron.resource.Attribute;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.resource.Standard;
import org.midonet.neutron.service.Hook;
import org.midonet.neutron.service.Session;

/**
 * The availability zones of networks or routers: those asked for must exist, those shown are of the
 * agents that serve the resource; immutable and safe to share between threads.
 *
 * @param defaultHints the zones of a resource that asks for none; a network's are left to its
 *     scheduling
 */
record ZoneHook(
    ResourceType type,
    AgentKind kind,
    AgentBindings bindings,
    Attribute<List<String>> hints,
    Attribute<List<String>> zones,
    List<String> defaultHints)
    implements Hook {
  private static final int FEW = 50;

  @Override
  public Set<ResourceType> types() {
    return Set.of(type);
  }

  @Override
  public Resource creating(Session session, Resource input) {
    List<String> asked = input.get(hints, List.of());
    boolean unasked = asked.isEmpty() && session.definition(type).has(hints);
    List<String> wanted = unasked ? defaultHints : asked;
    if (!wanted.isEmpty()) {
      Set<String> known = new HashSet<>();
      for (Resource agent : AvailabilityZones.of(session, kind)) {
        known.add(agent.get(Agents.AVAILABILITY_ZONE));
      }
      for (String zone : wanted) {
        if (!known.contains(zone)) {
          throw AgentErrors.zoneNotFound(zone);
        }
      }
    }
    return wanted.equals(asked) ? input : input.toBuilder().set(hints, wanted).build();
  }

  @Override
  public void derive(Session session, List<Resource.Builder> rows) {
    if (!session.definition(type).has(zones)) {
      return;
    }
    Map<String, Set<String>> known = bindings.zones(session, among(rows));
    for (Resource.Builder row : rows) {
      Collection<String> ofRow = known.getOrDefault(id(row), Set.of());
      row.set(zones, ofRow.stream().sorted().toList());
    }
  }

  private Condition among(List<Resource.Builder> rows) {
    return rows.size() > FEW
        ? DSL.noCondition()
        : bindings.among(rows.stream().map(ZoneHook::id).toList());
  }

  private static String id(Resource.Builder row) {
    return String.valueOf(row.raw(Standard.ID));
  }
}
