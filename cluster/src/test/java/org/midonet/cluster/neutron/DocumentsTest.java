package org.midonet.cluster.neutron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.midonet.cluster.neutron.NeutronPort.DeviceOwner;
import org.midonet.topology.NeutronObject;
import org.midonet.topology.ObjectType;
import tools.jackson.databind.json.JsonMapper;

/** How Neutron's documents are read and shown. */
final class DocumentsTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String ID = "00000001-0000-4000-8000-000000000000";
  private static final String NET = "00000002-0000-4000-8000-000000000000";

  @Test
  void aNetworkShowsEveryFieldAsARealServerDoes() {
    NeutronModel network = rest(ObjectType.NEUTRON_NETWORK, "{'id':'" + ID + "','name':'noid'}");
    assertThat(JSON.writeValueAsString(Documents.write(network)))
        .isEqualTo(
            "{'id':'%s','name':'noid','status':null,'shared':false,'tenant_id':null,'admin_state_up':false,'router:external':false,'provider:network_type':null,'qos_policy_id':null}"
                .formatted(ID)
                .replace('\'', '"'));
  }

  @Test
  void unknownFieldsAndEnumerationValuesAreIgnored() {
    NeutronNetwork network =
        (NeutronNetwork)
            rest(
                ObjectType.NEUTRON_NETWORK,
                "{'id':'" + ID + "','provider:network_type':'vxlan','mtu':1450}");
    assertThat(network.networkType()).isNull();
  }

  @Test
  void theUplinkTypeIsKnownInAnyCase() {
    NeutronNetwork network =
        (NeutronNetwork)
            rest(
                ObjectType.NEUTRON_NETWORK, "{'id':'" + ID + "','provider:network_type':'UPLINK'}");
    assertThat(network.isUplink()).isTrue();
  }

  @Test
  void portSecurityIsOnUnlessItIsSaidToBeOff() {
    assertThat(port("").portSecurityEnabled()).isTrue();
    assertThat(port(",'port_security_enabled':false").portSecurityEnabled()).isFalse();
  }

  @Test
  void whoeverIsNotKnownOwnsAPortLikeAVirtualMachine() {
    assertThat(port(",'device_owner':'compute:az1'").owner()).isEqualTo(DeviceOwner.COMPUTE);
    assertThat(port(",'device_owner':'Octavia'").owner()).isEqualTo(DeviceOwner.COMPUTE);
    assertThat(port(",'device_owner':''").owner()).isEqualTo(DeviceOwner.COMPUTE);
    assertThat(port(",'device_owner':'network:dhcp'").owner()).isEqualTo(DeviceOwner.DHCP);
  }

  @Test
  void aStoredPortReadsBackAsTheSame() {
    NeutronPort port =
        port(
            ",'mac_address':'fa:16:3e:00:00:01','fixed_ips':[{'ip_address':'10.0.0.2','subnet_id':'"
                + NET
                + "'}],'allowed_address_pairs':[{'ip_address':'10.0.0.0/30'},{'ip_address':'10.1.0.1','mac_address':'fa:16:3e:00:00:02'}],'extra_dhcp_opts':[{'opt_name':'mtu','opt_value':'1400'}],'binding:host_id':'h','binding:profile':{'interface_name':'tap0'},'security_groups':['"
                + NET
                + "'],'device_owner':'network:router_interface','tenant_id':''");
    assertThat(Documents.port(Documents.toStored(port))).isEqualTo(port);
  }

  @Test
  void anyProtocolNumberReadsBackOnceItIsStored() {
    String rule = "{'id':'" + ID + "','security_group_id':'" + NET + "','protocol':'200'}";
    assertThatThrownBy(() -> rest(ObjectType.SECURITY_GROUP_RULE, rule))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("200");
    NeutronModel byTask = task(ObjectType.SECURITY_GROUP_RULE, rule);
    NeutronObject stored = Documents.toStored(byTask);
    assertThat(Documents.stored(stored)).isEqualTo(byTask);
  }

  @Test
  void protocolsAreNamedAsMidonetDoes() {
    assertThat(protocol("'6'")).isEqualTo("tcp");
    assertThat(protocol("'ipv6-route'")).isEqualTo("ipv6_route");
    assertThat(protocol("'ICMPv6'")).isEqualTo("icmpv6");
    assertThat(protocol("'ipv6-icmp'")).isEqualTo("icmpv6");
    assertThat(protocol("null")).isNull();
  }

  @Test
  void sourceNatIsOffByTheRestApiAndOnByATaskWhenNobodySaysSo() {
    String router = "{'id':'" + ID + "','external_gateway_info':{'network_id':'" + NET + "'}}";
    assertThat(((NeutronRouter) rest(ObjectType.NEUTRON_ROUTER, router)).isSnatEnabled()).isFalse();
    assertThat(((NeutronRouter) task(ObjectType.NEUTRON_ROUTER, router)).isSnatEnabled()).isTrue();
  }

  @Test
  void aTaskMayLeaveOutPrefixesAndSendEmptyTexts() {
    NeutronNetwork network =
        (NeutronNetwork)
            task(
                ObjectType.NEUTRON_NETWORK,
                "{'id':'" + ID + "','external':true,'tenant_id':'','network_type':'uplink'}");
    assertThat(network.external()).isTrue();
    assertThat(network.isUplink()).isTrue();
    assertThat(network.tenantId()).isNull();
  }

  @Test
  void anEmbeddedRuleBelongsToItsGroup() {
    SecurityGroup group =
        (SecurityGroup)
            rest(
                ObjectType.SECURITY_GROUP,
                "{'id':'" + ID + "','security_group_rules':[{'id':'" + NET + "'}]}");
    assertThat(group.rules())
        .singleElement()
        .returns(group.id(), SecurityGroupRule::securityGroupId);
  }

  @Test
  void whatCannotBeIsRefusedByTheNameOfItsField() {
    for (String wrong :
        List.of(
            "{}",
            "{'id':'zzz'}",
            "{'id':'" + ID + "'}",
            "{'id':'" + ID + "','network_id':'" + NET + "','mac_address':'x'}",
            "{'id':'" + ID + "','network_id':'" + NET + "','fixed_ips':{}}",
            "{'id':'"
                + ID
                + "','network_id':'"
                + NET
                + "','fixed_ips':[{'ip_address':'300.0.0.1'}]}",
            "{'id':'" + ID + "','network_id':'" + NET + "','admin_state_up':'maybe'}")) {
      assertThatThrownBy(() -> rest(ObjectType.NEUTRON_PORT, wrong))
          .isInstanceOf(MalformedException.class)
          .hasMessageStartingWith("The field ");
    }
  }

  private static @Nullable Object protocol(String value) {
    return Documents.write(
            rest(
                ObjectType.SECURITY_GROUP_RULE,
                "{'id':'%s','security_group_id':'%s','protocol':%s}".formatted(ID, NET, value)))
        .get("protocol");
  }

  private static NeutronPort port(String more) {
    return (NeutronPort)
        rest(ObjectType.NEUTRON_PORT, "{'id':'" + ID + "','network_id':'" + NET + "'" + more + "}");
  }

  private static NeutronModel rest(ObjectType<NeutronObject> type, String document) {
    return Documents.read(type, map(document), Dialect.REST);
  }

  private static NeutronModel task(ObjectType<NeutronObject> type, String document) {
    return Documents.read(type, map(document), Dialect.TASK);
  }

  @SuppressWarnings("unchecked") // documents are objects
  private static Map<String, @Nullable Object> map(String document) {
    return JSON.readValue(document.replace('\'', '"'), Map.class);
  }
}
