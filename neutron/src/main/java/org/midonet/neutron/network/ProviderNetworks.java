package org.midonet.neutron.network;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.config.IdRange;
import org.midonet.neutron.config.NeutronConfig;
import org.midonet.neutron.error.NeutronException;
import org.midonet.neutron.network.NetworkType.Flat;
import org.midonet.neutron.network.NetworkType.Plain;
import org.midonet.neutron.network.NetworkType.Tunnel;
import org.midonet.neutron.network.NetworkType.Vlan;
import org.midonet.neutron.resource.Attribute;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.service.Hook;
import org.midonet.neutron.service.Session;

/**
 * Gives networks the types of {@code [ml2]}, segments of the configured ranges and the MTU that
 * follows (API reference, "Networks"). Immutable and safe to share.
 */
public final class ProviderNetworks implements Hook {
  private final NetworkTypes types;
  private final Mtus mtus;

  /**
   * The types as configured.
   *
   * @param plain names of further types, which take nothing of the physical network, with the bytes
   *     that their tunnels take from the MTU
   * @throws IllegalArgumentException for a type there is not; the message is for the operator
   */
  public ProviderNetworks(NeutronConfig config, Map<String, Integer> plain) {
    types = new NetworkTypes(config.ml2(), plain);
    mtus = Mtus.of(config);
  }

  @Override
  public Set<ResourceType> types() {
    return Set.of(Networks.TYPE);
  }

  @Override
  public Resource creating(Session session, Resource input) {
    Optional<ProviderSegment> asked = ProviderSegment.asked(input);
    ProviderSegment segment =
        asked.isPresent()
            ? reserve(session, asked.get())
            : byDefault(session, input.get(Networks.EXTERNAL, false));
    Resource placed =
        input.toBuilder()
            .set(Networks.NETWORK_TYPE, segment.type())
            .set(Networks.PHYSICAL_NETWORK, segment.physicalNetwork())
            .set(Networks.SEGMENTATION_ID, segment.id())
            .build();
    return Mtus.settle(placed, most(placed));
  }

  private ProviderSegment reserve(Session session, ProviderSegment asked) {
    if (asked.type() == null) {
      throw NeutronException.invalidInput("network_type required");
    }
    NetworkType type = types.named(asked.type());
    SegmentRules.check(type, asked);
    return switch (type) {
      case Plain plain -> new ProviderSegment(plain.name(), null, null);
      case Flat flat -> free(session, new ProviderSegment("flat", asked.physicalNetwork(), null));
      case Vlan vlan ->
          asked.id() == null ? orNoneLeft(draw(session, vlan, asked)) : free(session, asked);
      case Tunnel tunnel ->
          asked.id() == null ? orNoneLeft(draw(session, tunnel)) : free(session, asked);
    };
  }

  private ProviderSegment byDefault(Session session, boolean isExternal) {
    for (NetworkType type : types.defaults(isExternal)) {
      ProviderSegment any = new ProviderSegment(type.name(), null, null);
      ProviderSegment found =
          switch (type) {
            case Plain plain -> any;
            case Flat flat -> null; // projects have no physical network to themselves
            case Vlan vlan -> draw(session, vlan, any);
            case Tunnel tunnel -> draw(session, tunnel);
          };
      if (found != null) {
        return found;
      }
    }
    throw SegmentRules.noneLeft();
  }

  private static @Nullable ProviderSegment draw(Session session, Vlan vlan, ProviderSegment asked) {
    for (Map.Entry<String, List<IdRange>> pool : vlan.pools().entrySet()) {
      if (asked.physicalNetwork() == null || asked.physicalNetwork().equals(pool.getKey())) {
        ProviderSegment like = new ProviderSegment("vlan", pool.getKey(), null);
        Long id = SegmentPool.draw(session, like, pool.getValue());
        if (id != null) {
          return like.withId(id);
        }
      }
    }
    return null;
  }

  private static @Nullable ProviderSegment draw(Session session, Tunnel tunnel) {
    ProviderSegment like = new ProviderSegment(tunnel.name(), null, null);
    Long id = SegmentPool.draw(session, like, tunnel.pool());
    return id == null ? null : like.withId(id);
  }

  private static ProviderSegment orNoneLeft(@Nullable ProviderSegment drawn) {
    if (drawn == null) {
      throw SegmentRules.noneLeft();
    }
    return drawn;
  }

  private static ProviderSegment free(Session session, ProviderSegment segment) {
    if (SegmentPool.isTaken(session, segment)) {
      throw SegmentRules.inUse(segment);
    }
    return segment;
  }

  @Override
  public void created(Session session, Resource created) {
    ProviderSegment segment = segment(created);
    if (segment.id() != null || segment.physicalNetwork() != null) {
      SegmentPool.take(session, segment, created.id());
    }
  }

  @Override
  public Resource updating(Session session, Resource current, Resource changes) {
    for (Attribute<?> attribute : Networks.PROVIDER) {
      if (changes.has(attribute)
          && changes.raw(attribute) != null
          && !Objects.equals(changes.raw(attribute), current.raw(attribute))) {
        throw NeutronException.invalidInput(
            "Plugin does not support updating the following provider network attributes: "
                + attribute.name());
      }
    }
    if (changes.has(Networks.SEGMENTS)) {
      throw NeutronException.invalidInput(
          "Plugin does not support updating the following provider network attributes: "
              + Networks.SEGMENTS.name());
    }
    return changes.has(Networks.MTU) ? Mtus.settle(changes, most(current)) : changes;
  }

  private long most(Resource network) {
    ProviderSegment segment = segment(network);
    return switch (types.find(segment.type())) {
      case Tunnel tunnel -> mtus.inTunnel(tunnel.overhead());
      case Flat flat -> mtus.on(segment.physicalNetwork());
      case Vlan vlan -> mtus.on(segment.physicalNetwork());
      case Plain plain when plain.overhead() > 0 -> mtus.inTunnel(plain.overhead());
      case Plain plain -> mtus.on(null);
      case null -> mtus.on(null);
    };
  }

  private static ProviderSegment segment(Resource network) {
    return new ProviderSegment(
        network.find(Networks.NETWORK_TYPE),
        network.find(Networks.PHYSICAL_NETWORK),
        network.find(Networks.SEGMENTATION_ID));
  }
}
