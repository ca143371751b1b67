package org.midonet.cluster.neutron;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.packets.Cidr;
import org.midonet.topology.NeutronObject;
import org.midonet.topology.ObjectType;

/**
 * A firewall with its rules in order, as Neutron tells of it. Immutable, safe to share.
 *
 * @param addRouterIds the routers that it is on from now on
 * @param delRouterIds the routers that it leaves
 * @param lastRouter whether it is on no router any more
 */
public record Firewall(
    UUID id,
    @Nullable String tenantId,
    @Nullable String name,
    @Nullable String description,
    boolean shared,
    boolean adminStateUp,
    @Nullable String status,
    @Nullable UUID policyId,
    List<Rule> rules,
    List<UUID> addRouterIds,
    List<UUID> delRouterIds,
    boolean lastRouter)
    implements NeutronModel {
  /** What a rule does with what it meets. */
  public enum Action {
    ALLOW,
    DENY,
    REJECT
  }

  /** Ports from the lowest to the highest. Immutable, safe to share. */
  public record Ports(int first, int last) {}

  /**
   * A rule. Immutable, safe to share.
   *
   * @param protocol IP protocol number, null for any
   * @param ipVersion 4 or 6
   */
  public record Rule(
      UUID id,
      @Nullable String tenantId,
      @Nullable String name,
      @Nullable String description,
      @Nullable UUID policyId,
      boolean shared,
      @Nullable Integer protocol,
      int ipVersion,
      @Nullable Cidr source,
      @Nullable Cidr destination,
      @Nullable Ports sourcePorts,
      @Nullable Ports destinationPorts,
      Action action,
      @Nullable Integer position,
      boolean enabled) {}

  public Firewall {
    rules = List.copyOf(rules);
    addRouterIds = List.copyOf(addRouterIds);
    delRouterIds = List.copyOf(delRouterIds);
  }

  @Override
  public ObjectType<NeutronObject> type() {
    return ObjectType.NEUTRON_FIREWALL;
  }
}
