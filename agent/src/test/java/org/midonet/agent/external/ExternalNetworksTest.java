package org.midonet.agent.external;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.midonet.nsdb.MemoryNsdb;
import org.midonet.nsdb.Operation;
import org.midonet.nsdb.StateKey;
import org.midonet.packets.IpPrefix;
import org.midonet.topology.BridgeBuilder;
import org.midonet.topology.HostBuilder;
import org.midonet.topology.NeutronObject;
import org.midonet.topology.ObjectType;
import org.midonet.topology.PortBuilder;

/** Which external networks a host may be the gateway of. */
final class ExternalNetworksTest {
  private static final UUID HOST = new UUID(0, 1);
  private static final UUID OTHER = new UUID(0, 2);
  private static final UUID NETWORK = new UUID(0, 3);

  private final MemoryNsdb nsdb = new MemoryNsdb();

  ExternalNetworksTest() {
    for (UUID host : List.of(HOST, OTHER)) {
      create(new Operation.Create(HostBuilder.builder().id(host).name("h" + host).build()));
    }
    network(NETWORK, true);
    subnet(new UUID(0, 4), "203.0.113.0/24", "203.0.113.1");
  }

  private void create(Operation operation) {
    nsdb.commit(List.of(operation));
  }

  private void network(UUID id, boolean external) {
    create(new Operation.Create(BridgeBuilder.builder().id(id).build()));
    neutron(ObjectType.NEUTRON_NETWORK, id, Map.of("name", "public", "router:external", external));
  }

  private void subnet(UUID id, String cidr, @Nullable String gateway) {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("network_id", NETWORK.toString());
    document.put("cidr", cidr);
    document.put("gateway_ip", gateway);
    neutron(ObjectType.NEUTRON_SUBNET, id, document);
  }

  private void port(UUID network, String address) {
    neutron(
        ObjectType.NEUTRON_PORT,
        UUID.randomUUID(),
        Map.of(
            "network_id", network.toString(), "fixed_ips", List.of(Map.of("ip_address", address))));
  }

  private void neutron(
      ObjectType<NeutronObject> type, UUID id, Map<String, ? extends @Nullable Object> document) {
    create(new Operation.Create(new NeutronObject(type, id, new LinkedHashMap<>(document))));
  }

  private List<ExternalNetwork> found(boolean alone) {
    return ExternalNetworks.of(nsdb.topology(), HOST, alone);
  }

  @Test
  void aNetworkWhoseGatewayNobodyIsGetsIt() {
    subnet(new UUID(0, 5), "198.51.100.0/24", null);
    port(NETWORK, "203.0.113.7");
    port(OTHER, "203.0.113.1");
    assertThat(found(true))
        .containsExactly(
            new ExternalNetwork(NETWORK, "public", List.of(IpPrefix.parse("203.0.113.1/24"))));
  }

  @Test
  void aGatewayThatIsSomebodysIsLeftAlone() {
    port(NETWORK, "203.0.113.1");
    assertThat(found(true)).isEmpty();
    subnet(new UUID(0, 5), "2001:db8:e::/64", "2001:db8:e::1");
    assertThat(found(true))
        .singleElement()
        .returns(List.of(IpPrefix.parse("2001:db8:e::1/64")), ExternalNetwork::gateways);
  }

  @Test
  void networksOfProjectsAreNotMeant() {
    nsdb.commit(List.of(new Operation.Delete(ObjectType.NEUTRON_NETWORK, NETWORK)));
    neutron(ObjectType.NEUTRON_NETWORK, NETWORK, Map.of("router:external", false));
    assertThat(found(true)).isEmpty();
  }

  @Test
  void anotherHostThatIsAliveKeepsThisOneAwayUnlessItIsToldNotTo() {
    nsdb.publish(StateKey.alive(OTHER), OTHER, "");
    assertThat(found(true)).isEmpty();
    assertThat(found(false)).hasSize(1);
  }

  @Test
  void anInterfaceThatMayLeadToTheGatewayKeepsItAway() {
    create(new Operation.Create(exterior("mnx00000000p")));
    assertThat(found(true)).hasSize(1);
    create(new Operation.Create(exterior("eth1")));
    assertThat(found(true)).isEmpty();
  }

  private static org.midonet.topology.Port exterior(String device) {
    return PortBuilder.builder()
        .id(UUID.randomUUID())
        .bridgeId(NETWORK)
        .adminStateUp(true)
        .hostId(HOST)
        .interfaceName(device)
        .build();
  }
}
