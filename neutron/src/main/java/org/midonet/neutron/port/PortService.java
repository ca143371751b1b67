package org.midonet.neutron.port;

import java.util.List;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.exception.IntegrityConstraintViolationException;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.auth.RequestContext;
import org.midonet.neutron.error.NeutronException;
import org.midonet.neutron.ipam.FixedIp;
import org.midonet.neutron.ipam.Ipam;
import org.midonet.neutron.ipam.PortNeeds;
import org.midonet.neutron.network.Networks;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.resource.Standard;
import org.midonet.neutron.resource.ValueType;
import org.midonet.neutron.service.ResourceService;
import org.midonet.neutron.service.Session;
import org.midonet.neutron.service.Tables;
import org.midonet.neutron.store.DuplicateKey;

/** The rules of ports that need no extension: network, identity, addresses; stateless. */
final class PortService implements ResourceService {
  private final int maxFixedIps;

  /** Allows that many addresses on one port ([DEFAULT] max_fixed_ips_per_port). */
  PortService(int maxFixedIps) {
    this.maxFixedIps = maxFixedIps;
  }

  @Override
  public ResourceType type() {
    return Ports.TYPE;
  }

  @Override
  public Resource create(Session session, Resource input) {
    String network = input.get(Ports.NETWORK_ID);
    session.row(Networks.TYPE, network);
    RouterOwnership.check(session, input);
    String id = input.has(Standard.ID) ? input.id() : ValueType.newId();
    List<Map<String, Object>> asked = input.find(Ports.FIXED_IPS);
    limit(asked);
    Resource.Builder port =
        input.toBuilder()
            .set(Standard.ID, id)
            .set(Ports.FIXED_IPS, List.of())
            .set(PortExtras.IP_ALLOCATION, asked != null && asked.isEmpty() ? "none" : "immediate")
            .set(PortExtras.DATA_PLANE_STATUS, null);
    if (!input.has(Standard.STATUS)) {
      port.set(Standard.STATUS, "ACTIVE");
    }
    Resource plain = port.build();
    List<FixedIp> addresses = Ipam.allocate(session, needs(plain), asked);
    return insert(session, plain.with(Ports.FIXED_IPS, FixedIp.toRaw(addresses)));
  }

  private static Resource insert(Session session, Resource port) {
    try {
      return session.insert(port);
    } catch (DuplicateKey e) {
      if (e.isOn("mac_address")) {
        throw MacAddresses.inUse(
            port.get(Ports.NETWORK_ID), port.get(Ports.MAC_ADDRESS).toString());
      }
      throw e;
    }
  }

  @Override
  public Resource update(Session session, Resource current, Resource changes) {
    Resource merged = current.merge(changes);
    if (changes.has(Ports.DEVICE_OWNER) || merged.differs(current, Ports.DEVICE_ID)) {
      RouterOwnership.check(session, merged);
    }
    List<Map<String, Object>> asked = changes.find(Ports.FIXED_IPS);
    limit(asked);
    List<FixedIp> had = FixedIp.ofRaw(current.get(Ports.FIXED_IPS, List.of()));
    List<FixedIp> has =
        Ipam.update(session, needs(merged), merged.differs(current, Ports.MAC_ADDRESS), had, asked);
    Resource settled =
        has.equals(had)
            ? changes.with(Ports.FIXED_IPS, Resource.UNSET)
            : changes.with(Ports.FIXED_IPS, FixedIp.toRaw(has));
    return session.store(current, settled);
  }

  @Override
  public void delete(Session session, Resource current) {
    Ipam.release(session, current.id());
    try {
      session.remove(current);
    } catch (IntegrityConstraintViolationException e) {
      // A router or a floating IP has it, whatever its owner is called by now.
      throw NeutronException.conflict(
          "ServicePortInUse",
          "Port %s cannot be deleted directly via the port API: a router or floating IP needs it."
              .formatted(current.id()));
    }
  }

  /** Who owns the network sees the ports on it. */
  @Override
  public Condition sharing(RequestContext context) {
    String project = context.projectId();
    if (project == null) {
      return DSL.falseCondition();
    }
    return Tables.text(Ports.NETWORK_ID)
        .in(
            DSL.select(DSL.field(DSL.name("id"), String.class))
                .from(Tables.table(Networks.TYPE))
                .where(Tables.text(Standard.PROJECT_ID).eq(project)));
  }

  private void limit(@Nullable List<Map<String, Object>> asked) {
    if (asked != null && asked.size() > maxFixedIps) {
      throw NeutronException.invalidInput("Exceeded maximum amount of fixed ips per port");
    }
  }

  private static PortNeeds needs(Resource port) {
    return new PortNeeds(
        port.get(Ports.NETWORK_ID),
        port.id(),
        port.get(Ports.MAC_ADDRESS),
        port.get(Ports.DEVICE_OWNER, ""));
  }
}
