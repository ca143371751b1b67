package org.midonet.agent.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.midonet.nsdb.MemoryNsdb;
import org.midonet.nsdb.Operation;
import org.midonet.nsdb.StateKey;
import org.midonet.packets.Ipv4Address;
import org.midonet.packets.Mac;
import org.midonet.topology.HostBuilder;
import org.midonet.topology.ObjectType;
import org.midonet.topology.TunnelType;
import org.midonet.topology.TunnelZone;
import org.midonet.topology.TunnelZoneBuilder;
import org.midonet.topology.TunnelZoneHost;

final class HostRegistrationTest {
  private static final UUID ZONE = new UUID(0, 1);
  private static final Ipv4Address UNDERLAY = Ipv4Address.parse("192.0.2.1");

  private final MemoryNsdb nsdb = new MemoryNsdb();
  private final HostIdentity host = new HostIdentity(UUID.randomUUID(), "compute1");

  @TempDir private Path folder;

  @BeforeEach
  void makeHost() {
    nsdb.commit(
        List.of(
            new Operation.Create(HostBuilder.builder().id(host.id()).name("compute1").build())));
  }

  @Test
  void aHostIsAliveWhileItIsRegistered() {
    HostRegistration registration = HostRegistration.announce(nsdb, host, UNDERLAY, folder);
    assertThat(nsdb.topology().isAlive(host.id())).isTrue();
    registration.close();
    assertThat(nsdb.topology().isAlive(host.id())).isFalse();
  }

  @Test
  void itsInterfacesAreTold() {
    try (HostRegistration registration = HostRegistration.announce(nsdb, host, UNDERLAY, folder)) {
      registration.publish(
          List.of(
              new HostInterface(
                  "eth0", Mac.parse("02:00:00:00:00:01"), 1500, true, false, List.of(UNDERLAY))));
      assertThat(nsdb.topology().state(StateKey.interfaces(host.id())).values())
          .singleElement()
          .asString()
          .contains("\"name\":\"eth0\"", "\"addresses\":[\"192.0.2.1\"]", "\"mtu\":1500");
    }
  }

  @Test
  void itJoinsTheZoneThatIsThere() {
    makeZone();
    try (HostRegistration _ = HostRegistration.announce(nsdb, host, UNDERLAY, folder)) {
      assertThat(zone().hosts()).containsExactly(new TunnelZoneHost(host.id(), UNDERLAY));
    }
    assertThat(zone().hosts()).hasSize(1);
  }

  @Test
  void itJoinsAZoneThatComesLater() {
    try (HostRegistration _ = HostRegistration.announce(nsdb, host, UNDERLAY, folder)) {
      makeZone();
      await().untilAsserted(() -> assertThat(zone().hostIds()).containsExactly(host.id()));
    }
  }

  @Test
  void itsMembershipFollowsItsAddress() {
    makeZone();
    Ipv4Address next = Ipv4Address.parse("192.0.2.2");
    HostRegistration.announce(nsdb, host, UNDERLAY, folder).close();
    HostRegistration.announce(nsdb, host, next, folder).close();
    assertThat(zone().hosts()).containsExactly(new TunnelZoneHost(host.id(), next));
    Ipv4Address chosen = Ipv4Address.parse("198.51.100.7");
    nsdb.commit(
        List.of(
            new Operation.Update(
                zone().withHosts(List.of(new TunnelZoneHost(host.id(), chosen))))));
    HostRegistration.announce(nsdb, host, UNDERLAY, folder).close();
    assertThat(zone().hosts()).containsExactly(new TunnelZoneHost(host.id(), chosen));
  }

  @Test
  void anAddressThatOthersCannotReachIsNotTold() {
    makeZone();
    HostRegistration.announce(nsdb, host, Ipv4Address.parse("127.0.0.1"), folder).close();
    assertThat(zone().hosts()).isEmpty();
  }

  @Test
  void whatAnAdministratorChoseStays() {
    makeZone();
    UUID other = UUID.randomUUID();
    Ipv4Address chosen = Ipv4Address.parse("198.51.100.7");
    nsdb.commit(
        List.of(
            new Operation.Create(
                TunnelZoneBuilder.builder()
                    .id(other)
                    .tunnelType(TunnelType.VXLAN)
                    .hosts(List.of(new TunnelZoneHost(host.id(), chosen)))
                    .build())));
    try (HostRegistration _ = HostRegistration.announce(nsdb, host, UNDERLAY, folder)) {
      assertThat(zone().hosts()).isEmpty();
    }
  }

  private void makeZone() {
    nsdb.commit(
        List.of(
            new Operation.Create(
                TunnelZoneBuilder.builder()
                    .id(ZONE)
                    .name("DEFAULT")
                    .tunnelType(TunnelType.VXLAN)
                    .build())));
  }

  private TunnelZone zone() {
    return nsdb.topology().get(ObjectType.TUNNEL_ZONE, ZONE);
  }
}
