package org.midonet.agent.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
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
 * keeps that membership; others join Neutron's zone, once Neutron has made it. The address by which
 * the host joined is noted in a file: when the host has another one later, the membership follows.
 */
public final class HostRegistration implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HostRegistration.class);

  /** The zone that Neutron's CONFIG task makes (spec/midonet.md part 3). */
  private static final UUID NEUTRONS_ZONE = new UUID(0, 1);

  private static final String NOTE = "tunnel_ip";

  private final Nsdb nsdb;
  private final UUID hostId;
  private final Ipv4Address underlay;
  private final Path folder;
  private final Subscription subscription;

  private HostRegistration(Nsdb nsdb, UUID hostId, Ipv4Address underlay, Path folder) {
    this.nsdb = nsdb;
    this.hostId = hostId;
    this.underlay = underlay;
    this.folder = folder;
    this.subscription = nsdb.watch((before, after, changes) -> changed(changes));
  }

  /**
   * Announces the host, until closed.
   *
   * @param underlay where its peers reach it; one of loopback is not told, for they cannot
   * @param folder where the host notes what must outlive the process
   */
  public static HostRegistration announce(
      Nsdb nsdb, HostIdentity host, Ipv4Address underlay, Path folder) {
    HostRegistration registration = new HostRegistration(nsdb, host.id(), underlay, folder);
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
    if (underlay.isLoopback()) {
      LOG.info(
          "This host has no address by which others reach it, and joins no tunnel zone; where there"
              + " are others, set agent_tunnel_ip in [MIDONET]");
      return;
    }
    Ipv4Address before = noted();
    try {
      TunnelZone zone =
          nsdb.commit(topology -> joining(topology, before))
              .after()
              .find(ObjectType.TUNNEL_ZONE, NEUTRONS_ZONE);
      TunnelZoneHost member = zone == null ? null : member(zone);
      if (member != null && member.address().equals(underlay) && !underlay.equals(before)) {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(NOTE), underlay.toString());
      }
    } catch (NsdbException | IOException e) {
      LOG.warn("This host could not join Neutron's tunnel zone: {}", e.getMessage());
    }
  }

  /** By which address the host joined, null if it did not. */
  private @Nullable Ipv4Address noted() {
    Path note = folder.resolve(NOTE);
    try {
      return Files.exists(note) ? Ipv4Address.parse(Files.readString(note).strip()) : null;
    } catch (IOException | IllegalArgumentException e) {
      LOG.warn("{} cannot be read: {}", note, e.getMessage());
      return null;
    }
  }

  private List<Operation> joining(Topology topology, @Nullable Ipv4Address before) {
    TunnelZone zone = topology.find(ObjectType.TUNNEL_ZONE, NEUTRONS_ZONE);
    TunnelZoneHost member = zone == null ? null : member(zone);
    if (zone == null || (member == null && isElsewhere(topology))) {
      return List.of();
    }
    if (member != null && (member.address().equals(underlay) || !member.address().equals(before))) {
      return List.of(); // it is right, or an administrator has chosen another one
    }
    List<TunnelZoneHost> hosts = new ArrayList<>(zone.hosts());
    hosts.removeIf(host -> host.hostId().equals(hostId));
    hosts.add(new TunnelZoneHost(hostId, underlay));
    return List.of(new Operation.Update(zone.withHosts(hosts)));
  }

  private @Nullable TunnelZoneHost member(TunnelZone zone) {
    return zone.hosts().stream()
        .filter(host -> host.hostId().equals(hostId))
        .findFirst()
        .orElse(null);
  }

  private boolean isElsewhere(Topology topology) {
    return topology.list(ObjectType.TUNNEL_ZONE).stream()
        .anyMatch(zone -> zone.hostIds().contains(hostId));
  }

  @Override
  public void close() {
    subscription.close();
    nsdb.withdraw(StateKey.interfaces(hostId), hostId);
    nsdb.withdraw(StateKey.alive(hostId), hostId);
  }
}
