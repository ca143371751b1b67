package org.midonet.agent.host;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.midonet.agent.linux.Link;
import org.midonet.nsdb.Change;
import org.midonet.nsdb.Nsdb;
import org.midonet.nsdb.NsdbException;
import org.midonet.nsdb.Operation;
import org.midonet.nsdb.StateKey;
import org.midonet.nsdb.Subscription;
import org.midonet.nsdb.Topology;
import org.midonet.packets.Ipv4Address;
import org.midonet.topology.ObjectType;
import org.midonet.topology.TunnelZone;
import org.midonet.topology.TunnelZoneHost;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the store that this host is there: alive, with these interfaces, a member of a tunnel zone.
 * Safe to share.
 *
 * <p>All but the membership vanishes with the process. A host that an administrator put into a zone
 * keeps that membership; others join Neutron's zone, once Neutron has made it.
 */
public final class HostRegistration implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HostRegistration.class);

  /** The zone that Neutron's CONFIG task makes (spec/midonet.md part 3). */
  private static final UUID NEUTRONS_ZONE = new UUID(0, 1);

  private final Nsdb nsdb;
  private final UUID hostId;
  private final Ipv4Address underlay;
  private final Subscription subscription;

  private HostRegistration(Nsdb nsdb, UUID hostId, Ipv4Address underlay) {
    this.nsdb = nsdb;
    this.hostId = hostId;
    this.underlay = underlay;
    this.subscription = nsdb.watch((before, after, changes) -> changed(changes));
  }

  /**
   * Announces the host, until closed.
   *
   * @param underlay where its peers reach it
   */
  public static HostRegistration announce(Nsdb nsdb, HostIdentity host, Ipv4Address underlay) {
    HostRegistration registration = new HostRegistration(nsdb, host.id(), underlay);
    registration.joinZone();
    nsdb.publish(StateKey.alive(host.id()), host.id(), "");
    return registration;
  }

  /** Tells of the interfaces as they are now. */
  void publish(Collection<HostInterface> interfaces) {
    nsdb.publish(StateKey.interfaces(hostId), hostId, HostInterface.toJson(interfaces));
  }

  /** Tells of the devices as they are now, with their addresses. */
  public void publishLinks(Collection<Link> links) {
    publish(HostInterfaces.of(links));
  }

  private void changed(List<Change> changes) {
    for (Change change : changes) {
      if (change instanceof Change.OfObject object
          && object.type() == ObjectType.TUNNEL_ZONE
          && object.before() == null) {
        // Commits wait for the thread that tells of changes.
        Thread.ofVirtual().name("join-tunnel-zone").start(this::joinZone);
      }
    }
  }

  private void joinZone() {
    try {
      nsdb.commit(this::joining);
    } catch (NsdbException e) {
      LOG.warn("This host could not join Neutron's tunnel zone: {}", e.getMessage());
    }
  }

  private List<Operation> joining(Topology topology) {
    boolean isMember =
        topology.list(ObjectType.TUNNEL_ZONE).stream()
            .anyMatch(zone -> zone.hostIds().contains(hostId));
    TunnelZone zone = topology.find(ObjectType.TUNNEL_ZONE, NEUTRONS_ZONE);
    if (isMember || zone == null) {
      return List.of();
    }
    List<TunnelZoneHost> hosts = new ArrayList<>(zone.hosts());
    hosts.add(new TunnelZoneHost(hostId, underlay));
    return List.of(new Operation.Update(zone.withHosts(hosts)));
  }

  @Override
  public void close() {
    subscription.close();
    nsdb.withdraw(StateKey.interfaces(hostId), hostId);
    nsdb.withdraw(StateKey.alive(hostId), hostId);
  }
}
