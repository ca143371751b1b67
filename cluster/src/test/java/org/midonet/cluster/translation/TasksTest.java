package org.midonet.cluster.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.midonet.cluster.translation.Site.id;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.midonet.nsdb.Operation;
import org.midonet.packets.Ipv4Address;
import org.midonet.topology.HostBuilder;
import org.midonet.topology.ObjectType;
import org.midonet.topology.Port;
import org.midonet.topology.TunnelType;
import org.midonet.topology.TunnelZone;
import org.midonet.topology.TunnelZoneHost;

/** What comes by tasks alone: the tunnel zone, its hosts, and bindings. */
final class TasksTest {
  private static final UUID ZONE = new UUID(0, 1);
  private static final UUID HOST = id(0x99);
  private static final UUID VM = id(100);
  private static final String CONFIG = "{'id':'%s','tunnel_protocol':'vxlan'}".formatted(ZONE);
  private static final String MEMBER = "{'id':'%s','ip_address':'192.168.0.1'}".formatted(HOST);
  private static final String BINDING =
      "{'id':'%s','host_id':'%s','interface_name':'tap0','port_id':'%s'}"
          .formatted(id(77), HOST, VM);

  private final Site site = Site.unjoined();

  TasksTest() {
    site.neutron.with(new Operation.Create(HostBuilder.builder().id(HOST).name("h").build()));
  }

  @Test
  void configMakesTheTunnelZoneAndHostsJoinAndLeaveIt() {
    site.neutron
        .create(ObjectType.NEUTRON_CONFIG, CONFIG)
        .create(ObjectType.AGENT_MEMBERSHIP, MEMBER);
    assertThat(zone())
        .returns("DEFAULT", TunnelZone::name)
        .returns(TunnelType.VXLAN, TunnelZone::tunnelType);
    assertThat(zone().hosts())
        .containsExactly(new TunnelZoneHost(HOST, Ipv4Address.parse("192.168.0.1")));
    site.delete(ObjectType.AGENT_MEMBERSHIP, HOST);
    assertThat(zone().hosts()).isEmpty();
  }

  @Test
  void hostsCannotJoinBeforeTheConfig() {
    assertThatThrownBy(() -> site.neutron.create(ObjectType.AGENT_MEMBERSHIP, MEMBER))
        .isInstanceOf(TranslationException.class)
        .hasMessageContaining("CONFIG");
  }

  @Test
  void aBindingBindsOnceAndItsDeletionFrees() {
    site.machine(VM, "10.0.0.10");
    site.neutron.create(ObjectType.PORT_BINDING, BINDING);
    assertThat(site.get(ObjectType.PORT, VM))
        .returns(HOST, Port::hostId)
        .returns("tap0", Port::interfaceName);
    assertThatThrownBy(() ->
            site.neutron.create(
                ObjectType.PORT_BINDING, BINDING.replace(id(77).toString(), id(78).toString())))
        .isInstanceOf(TranslationException.class)
        .hasMessageContaining("already");
    site.delete(ObjectType.PORT_BINDING, id(77));
    assertThat(site.get(ObjectType.PORT, VM).hostId()).isNull();
  }

  @Test
  void whatCannotChangeSaysSo() {
    site.neutron.create(ObjectType.NEUTRON_CONFIG, CONFIG);
    assertThatThrownBy(() -> site.neutron.update(ObjectType.NEUTRON_CONFIG, CONFIG))
        .isInstanceOf(TranslationException.class);
    assertThatThrownBy(() -> site.delete(ObjectType.NEUTRON_CONFIG, ZONE))
        .isInstanceOf(TranslationException.class);
  }

  private TunnelZone zone() {
    return site.get(ObjectType.TUNNEL_ZONE, ZONE);
  }
}
