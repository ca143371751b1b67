package org.midonet.neutron.floatingip;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jooq.Condition;
import org.midonet.neutron.ipam.FixedIp;
import org.midonet.neutron.network.Networks;
import org.midonet.neutron.port.Ports;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.router.RouterPorts;
import org.midonet.neutron.service.Hook;
import org.midonet.neutron.service.Session;
import org.midonet.neutron.service.Tables;

/** Floating IPs leave ports and networks that go, and addresses that a port gives up; stateless. */
final class FloatingIpsOfPorts implements Hook {
  @Override
  public Set<ResourceType> types() {
    return Set.of(Ports.TYPE, Networks.TYPE);
  }

  @Override
  public void updated(Session session, Resource before, Resource after) {
    if (!after.definition().name().equals("port") || !after.differs(before, Ports.FIXED_IPS)) {
      return;
    }
    Set<String> kept = new HashSet<>();
    for (FixedIp ip : RouterPorts.addresses(after)) {
      kept.add(ip.address().toString());
    }
    for (Resource floating : leadingTo(session, after.id())) {
      if (!kept.contains(floating.get(FloatingIps.FIXED_IP_ADDRESS, ""))) {
        takeOff(session, floating);
      }
    }
  }

  @Override
  public void deleting(Session session, Resource current) {
    if (current.definition().name().equals("port")) {
      leadingTo(session, current.id()).forEach(floating -> takeOff(session, floating));
    } else if (session.catalog().has(FloatingIps.TYPE)) {
      removeUnused(session, current);
    }
  }

  /** Floating IPs that lead nowhere go with their external network. */
  private static void removeUnused(Session session, Resource network) {
    Condition unused =
        Tables.text(FloatingIps.NETWORK_ID)
            .eq(network.id())
            .and(Tables.text(FloatingIps.PORT_ID).isNull())
            .and(Tables.text(FloatingIps.ROUTER_ID).isNull());
    session.list(FloatingIps.TYPE, unused).forEach(session.elevated()::delete);
  }

  private static List<Resource> leadingTo(Session session, String port) {
    return session.catalog().has(FloatingIps.TYPE)
        ? session.tables().list(FloatingIps.TYPE, Tables.text(FloatingIps.PORT_ID).eq(port))
        : List.of();
  }

  private static void takeOff(Session session, Resource floating) {
    session
        .elevated()
        .update(
            session.view(floating),
            session.changes(FloatingIps.TYPE).set(FloatingIps.PORT_ID, null).build());
  }
}
