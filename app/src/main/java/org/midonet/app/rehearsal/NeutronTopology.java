package org.midonet.app.rehearsal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.midonet.cluster.neutron.Dialect;
import org.midonet.cluster.neutron.Documents;
import org.midonet.cluster.translation.Chance;
import org.midonet.cluster.translation.NeutronOperation;
import org.midonet.cluster.translation.Translation;
import org.midonet.cluster.translation.TranslationSettings;
import org.midonet.nsdb.MemoryNsdb;
import org.midonet.nsdb.Operation;
import org.midonet.packets.Mac;
import org.midonet.topology.NeutronObject;
import org.midonet.topology.ObjectType;
import tools.jackson.databind.json.JsonMapper;

/** A topology in memory, made of Neutron's objects by the translation. For one thread. */
final class NeutronTopology {
  private static final JsonMapper JSON = new JsonMapper();

  private final MemoryNsdb nsdb = new MemoryNsdb();
  private final Translation translation =
      new Translation(TranslationSettings.DEFAULT, Chance.of(new Random(7)));

  MemoryNsdb nsdb() {
    return nsdb;
  }

  /** The id of an object that is called by a number. */
  static UUID id(int number) {
    return new UUID((long) number << 32 | 0x4000L, Long.MIN_VALUE);
  }

  /** The MAC of a port. */
  static Mac mac(int port) {
    return new Mac(0xfa163e000000L | port);
  }

  NeutronTopology network(int id, boolean external) {
    return create(
        ObjectType.NEUTRON_NETWORK,
        "'id':'%s','admin_state_up':true,'router:external':%s".formatted(id(id), external));
  }

  /** The gateway is the first address. */
  NeutronTopology subnet(int id, int network, String cidr) {
    String gateway = cidr.replace(".0/24", ".1");
    return create(
        ObjectType.NEUTRON_SUBNET,
        "'id':'%s','network_id':'%s','cidr':'%s','gateway_ip':'%s','enable_dhcp':true,'ip_version':4"
            .formatted(id(id), id(network), cidr, gateway));
  }

  NeutronTopology group(int id) {
    return create(ObjectType.SECURITY_GROUP, "'id':'%s','name':'group'".formatted(id(id)));
  }

  NeutronTopology rule(int id, int group, String direction, String... more) {
    String fixed =
        "'id':'%s','security_group_id':'%s','direction':'%s'"
            .formatted(id(id), id(group), direction);
    return create(
        ObjectType.SECURITY_GROUP_RULE,
        Stream.concat(Stream.of(fixed), Stream.of(more)).collect(Collectors.joining(",")));
  }

  NeutronTopology port(int id, int network, int subnet, String address, String... more) {
    String fixed =
        "'id':'%s','network_id':'%s','mac_address':'%s','admin_state_up':true"
                .formatted(id(id), id(network), mac(id))
            + ",'fixed_ips':[{'subnet_id':'%s','ip_address':'%s'}]".formatted(id(subnet), address);
    return create(
        ObjectType.NEUTRON_PORT,
        Stream.concat(Stream.of(fixed), Stream.of(more)).collect(Collectors.joining(",")));
  }

  NeutronTopology join(int router, int port, int network, int subnet, String address) {
    port(port, network, subnet, address, "'device_owner':'network:router_interface'");
    return create(
        ObjectType.NEUTRON_ROUTER_INTERFACE,
        "'id':'%s','port_id':'%s','subnet_ids':['%s']".formatted(id(router), id(port), id(subnet)));
  }

  /** A router with a gateway that translates sources. */
  NeutronTopology router(int id, int gateway, int network, int subnet, String address) {
    port(gateway, network, subnet, address, "'device_owner':'network:router_gateway'");
    return create(
        ObjectType.NEUTRON_ROUTER,
        ("'id':'%s','name':'r','admin_state_up':true,'gw_port_id':'%s',"
                + "'external_gateway_info':{'network_id':'%s','enable_snat':true}")
            .formatted(id(id), id(gateway), id(network)));
  }

  NeutronTopology floatingIp(
      int id, int network, String address, int router, int port, String fixed) {
    return create(
        ObjectType.FLOATING_IP,
        ("'id':'%s','floating_ip_address':'%s','floating_network_id':'%s','router_id':'%s',"
                + "'port_id':'%s','fixed_ip_address':'%s'")
            .formatted(id(id), address, id(network), id(router), id(port), fixed));
  }

  private NeutronTopology create(ObjectType<NeutronObject> type, String attributes) {
    Map<String, @Nullable Object> document = read("{" + attributes.replace('\'', '"') + "}");
    return commit(
        translation.translate(
            nsdb.topology(),
            new NeutronOperation.Create(Documents.read(type, document, Dialect.REST))));
  }

  @SuppressWarnings("unchecked") // documents are objects
  private static Map<String, @Nullable Object> read(String document) {
    return JSON.readValue(document, LinkedHashMap.class);
  }

  NeutronTopology commit(List<Operation> operations) {
    nsdb.commit(operations);
    return this;
  }
}
