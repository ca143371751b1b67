package org.midonet.neutron.autoallocate;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jooq.Condition;
import org.midonet.neutron.error.NeutronException;
import org.midonet.neutron.network.Networks;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.resource.Standard;
import org.midonet.neutron.service.Hook;
import org.midonet.neutron.service.Session;
import org.midonet.neutron.service.Tables;

/**
 * The external network that auto-allocated topologies use: one at most, marked {@code is_default}.
 * Stateless.
 */
final class DefaultExternalNetwork implements Hook {
  @Override
  public Set<ResourceType> types() {
    return Set.of(Networks.TYPE);
  }

  @Override
  public Resource creating(Session session, Resource input) {
    if (!input.get(Networks.IS_DEFAULT, false)) {
      return input;
    }
    refuseSecond(session, "");
    return input.get(Networks.EXTERNAL, false) ? input : input.with(Networks.IS_DEFAULT, false);
  }

  @Override
  public Resource updating(Session session, Resource current, Resource changes) {
    if (changes.get(Networks.IS_DEFAULT, false)) {
      refuseSecond(session, current.id());
      if (!current.merge(changes).get(Networks.EXTERNAL, false)) {
        return changes.with(Networks.IS_DEFAULT, false);
      }
    }
    return changes;
  }

  private static void refuseSecond(Session session, String id) {
    find(session, Tables.text(Standard.ID).ne(id))
        .ifPresent(other -> {
          throw NeutronException.conflict(
              "DefaultExternalNetworkExists",
              "A default external network already exists: " + other.id() + ".");
        });
  }

  /** The default external network among those that satisfy a condition. */
  static Optional<Resource> find(Session session, Condition condition) {
    List<Resource> networks =
        session
            .tables()
            .list(
                Networks.TYPE,
                Tables.bool(Networks.IS_DEFAULT)
                    .isTrue()
                    .and(Tables.bool(Networks.EXTERNAL).isTrue())
                    .and(condition));
    return networks.stream().findFirst();
  }
}
