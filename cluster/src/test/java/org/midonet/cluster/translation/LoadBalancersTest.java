package org.midonet.cluster.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.midonet.cluster.translation.Site.EXT_SUBNET;
import static org.midonet.cluster.translation.Site.NET;
import static org.midonet.cluster.translation.Site.ROUTER;
import static org.midonet.cluster.translation.Site.SUBNET;
import static org.midonet.cluster.translation.Site.id;

import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.midonet.cluster.neutron.MalformedException;
import org.midonet.nsdb.NsdbException;
import org.midonet.nsdb.Operation;
import org.midonet.topology.HealthMonitor;
import org.midonet.topology.Ids;
import org.midonet.topology.LbStatus;
import org.midonet.topology.LoadBalancer;
import org.midonet.topology.NeutronObject;
import org.midonet.topology.ObjectType;
import org.midonet.topology.Pool;
import org.midonet.topology.PoolMember;
import org.midonet.topology.SessionPersistence;
import org.midonet.topology.Vip;

/** Pools, members, VIPs and health monitors of LBaaS v1. */
final class LoadBalancersTest {
  private static final UUID BALANCER = Ids.LOAD_BALANCER.of(ROUTER);
  private static final UUID POOL = id(90);
  private static final UUID OTHER_POOL = id(91);
  private static final UUID MEMBER = id(92);
  private static final UUID VIP = id(93);
  private static final UUID MONITOR = id(94);

  private final Site site = Site.joined();

  @Test
  void aRouterHasALoadBalancerAsLongAsItHasPools() {
    pool(POOL);
    pool(OTHER_POOL);
    assertThat(site.get(ObjectType.LOAD_BALANCER, BALANCER))
        .returns(ROUTER, LoadBalancer::routerId)
        .returns(true, LoadBalancer::adminStateUp);
    assertThat(site.get(ObjectType.ROUTER, ROUTER).loadBalancerId()).isEqualTo(BALANCER);
    site.delete(ObjectType.NEUTRON_POOL, POOL);
    assertThat(site.has(ObjectType.LOAD_BALANCER, BALANCER)).isTrue();
    site.delete(ObjectType.NEUTRON_POOL, OTHER_POOL);
    assertThat(site.has(ObjectType.LOAD_BALANCER, BALANCER)).isFalse();
    assertThat(site.get(ObjectType.ROUTER, ROUTER).loadBalancerId()).isNull();
  }

  @Test
  void aFirstPoolThatIsDownDoesNotTakeTheOthersDown() {
    site.neutron.create(
        ObjectType.NEUTRON_POOL, "{'id':'%s','router_id':'%s'}".formatted(POOL, ROUTER));
    assertThat(pool().adminStateUp()).isFalse();
    assertThat(site.get(ObjectType.LOAD_BALANCER, BALANCER).adminStateUp()).isTrue();
  }

  @Test
  void aPoolStaysOnItsRouterWhichAnUpdateDoesNotName() {
    pool(POOL);
    site.neutron.update(
        ObjectType.NEUTRON_POOL,
        "{'id':'%s','admin_state_up':false,'health_monitors':['%s']}".formatted(POOL, MONITOR));
    assertThat(pool()).returns(false, Pool::adminStateUp).returns(BALANCER, Pool::loadBalancerId);
    assertThat(document(ObjectType.NEUTRON_POOL, POOL).uuid("router_id")).isEqualTo(ROUTER);
    refused(
        "router_id",
        () ->
            site.neutron.update(
                ObjectType.NEUTRON_POOL, "{'id':'%s','router_id':'%s'}".formatted(POOL, id(80))));
  }

  @Test
  void aPoolNeedsARouterAndNoMonitors() {
    refused("router_id", () -> create(ObjectType.NEUTRON_POOL, POOL, "'name':'p'"));
    refused(
        "health monitors",
        () ->
            create(
                ObjectType.NEUTRON_POOL,
                POOL,
                "'router_id':'%s','health_monitors':['%s']".formatted(ROUTER, MONITOR)));
    assertThatThrownBy(
            () -> create(ObjectType.NEUTRON_POOL, POOL, "'router_id':'%s'".formatted(id(80))))
        .isInstanceOf(NsdbException.class)
        .hasMessage("There is no Router with ID " + id(80) + ".");
  }

  @Test
  void aRouterWithPoolsStays() {
    pool(POOL);
    assertThatThrownBy(() -> site.delete(ObjectType.NEUTRON_ROUTER, ROUTER))
        .isInstanceOf(NsdbException.class);
  }

  @Test
  void aMemberServesItsPool() {
    pool(POOL);
    member("'weight':3");
    assertThat(member())
        .returns(POOL, PoolMember::poolId)
        .returns("10.0.0.10", it -> it.address().toString())
        .returns(80, PoolMember::protocolPort)
        .returns(3, PoolMember::weight)
        .returns(true, PoolMember::adminStateUp)
        .returns(LbStatus.ACTIVE, PoolMember::status);
    site.delete(ObjectType.NEUTRON_POOL_MEMBER, MEMBER);
    assertThat(site.has(ObjectType.POOL_MEMBER, MEMBER)).isFalse();
  }

  @Test
  void whatMonitorsFoundOutlivesAnUpdateButNotAMove() {
    pool(POOL);
    pool(OTHER_POOL);
    member("'weight':1");
    isFound(LbStatus.INACTIVE);
    site.neutron.update(ObjectType.NEUTRON_POOL_MEMBER, memberDocument(POOL, "'weight':0"));
    assertThat(member())
        .returns(0, PoolMember::weight)
        .returns(LbStatus.INACTIVE, PoolMember::status);
    site.neutron.update(ObjectType.NEUTRON_POOL_MEMBER, memberDocument(OTHER_POOL, "'weight':0"));
    assertThat(member())
        .returns(OTHER_POOL, PoolMember::poolId)
        .returns(LbStatus.ACTIVE, PoolMember::status);
  }

  @Test
  void aVipOnTheExternalNetworkIsAtTheGateway() {
    pool(POOL);
    vip(EXT_SUBNET, "200.0.0.10", "'session_persistence':{'type':'SOURCE_IP'}");
    assertThat(site.get(ObjectType.VIP, VIP))
        .returns(POOL, Vip::poolId)
        .returns(80, Vip::protocolPort)
        .returns(SessionPersistence.SOURCE_IP, Vip::sessionPersistence)
        .returns(Site.GATEWAY, Vip::gatewayPortId);
    assertThat(arp("200.0.0.10")).isEqualTo(mac(Site.GATEWAY));
    site.delete(ObjectType.NEUTRON_VIP, VIP);
    assertThat(arp("200.0.0.10")).isEqualTo("null");
    assertThat(site.has(ObjectType.VIP, VIP)).isFalse();
  }

  @Test
  void aVipOnATenantsSubnetIsForTheAgentsToAnswer() {
    pool(POOL);
    vip(SUBNET, "10.0.0.100", "'name':'v'");
    assertThat(site.arp(NET, "10.0.0.100")).isEqualTo("null");
    assertThat(site.get(ObjectType.VIP, VIP).gatewayPortId()).isNull();
  }

  /** Neutron deletes the port, then updates the router. */
  @Test
  void aVipFollowsTheGatewayThatGoesAndComes() {
    pool(POOL);
    vip(EXT_SUBNET, "200.0.0.10", "'name':'v'");
    site.delete(ObjectType.NEUTRON_PORT, Site.GATEWAY);
    site.neutron.update(ObjectType.NEUTRON_ROUTER, "{'id':'%s'}".formatted(ROUTER));
    assertThat(arp("200.0.0.10")).isEqualTo("null");
    assertThat(site.get(ObjectType.VIP, VIP).gatewayPortId()).isNull();
    site.gateway(true);
    assertThat(arp("200.0.0.10")).isEqualTo(mac(Site.GATEWAY));
    site.neutron.update(ObjectType.NEUTRON_ROUTER, "{'id':'%s'}".formatted(ROUTER));
    assertThat(arp("200.0.0.10")).isEqualTo("null");
    site.delete(ObjectType.NEUTRON_PORT, Site.GATEWAY);
    assertThat(site.get(ObjectType.VIP, VIP).gatewayPortId()).isNull();
  }

  @Test
  void aVipThatMovesToAnotherRoutersPoolIsThere() {
    UUID otherRouter = id(81);
    UUID otherGateway = id(82);
    site.port(
        otherGateway, Site.EXT, EXT_SUBNET, "200.0.0.3", "'device_owner':'network:router_gateway'");
    create(
        ObjectType.NEUTRON_ROUTER,
        otherRouter,
        "'gw_port_id':'%s','external_gateway_info':{}".formatted(otherGateway));
    pool(POOL);
    create(
        ObjectType.NEUTRON_POOL,
        OTHER_POOL,
        "'admin_state_up':true,'router_id':'%s'".formatted(otherRouter));
    vip(EXT_SUBNET, "200.0.0.10", "'name':'v'");
    site.neutron.update(
        ObjectType.NEUTRON_VIP, vipDocument(EXT_SUBNET, "200.0.0.10", OTHER_POOL, "'name':'v'"));
    assertThat(arp("200.0.0.10")).isEqualTo(mac(otherGateway));
    assertThat(site.get(ObjectType.VIP, VIP))
        .returns(OTHER_POOL, Vip::poolId)
        .returns(otherGateway, Vip::gatewayPortId);
  }

  @Test
  void noFloatingIpLeadsToAVip() {
    UUID port = id(96);
    UUID floatingIp = id(97);
    pool(POOL);
    site.port(port, NET, SUBNET, "10.0.0.100", "'device_owner':'neutron:LOADBALANCER'");
    vip(SUBNET, "10.0.0.100", "'port_id':'%s'".formatted(port));
    refused("VIP", () -> site.floatingIp(floatingIp, "200.0.0.10", port, "10.0.0.100"));
    assertThat(site.has(ObjectType.FLOATING_IP, floatingIp)).isFalse();
    site.delete(ObjectType.NEUTRON_VIP, VIP);
    site.floatingIp(floatingIp, "200.0.0.10", port, "10.0.0.100");
    assertThat(site.has(ObjectType.FLOATING_IP, floatingIp)).isTrue();
  }

  @Test
  void theAddressOfAVipStays() {
    pool(POOL);
    vip(EXT_SUBNET, "200.0.0.10", "'name':'v'");
    refused(
        "address",
        () ->
            site.neutron.update(
                ObjectType.NEUTRON_VIP, vipDocument(EXT_SUBNET, "200.0.0.11", POOL, "'name':'v'")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP_COOKIE", "APP_COOKIE", "OTHER"})
  void cookiesAreTheMembersOwn(String type) {
    pool(POOL);
    vip(EXT_SUBNET, "200.0.0.10", "'session_persistence':{'type':'%s'}".formatted(type));
    assertThat(site.get(ObjectType.VIP, VIP).sessionPersistence()).isNull();
  }

  @Test
  void whatHangsOnAPoolGoesWithIt() {
    pool(POOL);
    member("'weight':1");
    vip(EXT_SUBNET, "200.0.0.10", "'name':'v'");
    monitor(POOL);
    site.delete(ObjectType.NEUTRON_POOL, POOL);
    for (ObjectType<?> type :
        new ObjectType<?>[] {
          ObjectType.POOL_MEMBER,
          ObjectType.VIP,
          ObjectType.HEALTH_MONITOR,
          ObjectType.NEUTRON_POOL,
          ObjectType.NEUTRON_POOL_MEMBER,
          ObjectType.NEUTRON_VIP,
          ObjectType.NEUTRON_HEALTH_MONITOR
        }) {
      assertThat(site.neutron.topology().list(type)).as(type.name()).isEmpty();
    }
    assertThat(arp("200.0.0.10")).isEqualTo("null");
  }

  @Test
  void aMonitorWatchesThePoolsItIsMadeFor() {
    pool(POOL);
    monitor(POOL);
    assertThat(site.get(ObjectType.HEALTH_MONITOR, MONITOR))
        .returns("HTTP", HealthMonitor::monitorType)
        .returns(5, HealthMonitor::delay)
        .returns(3, HealthMonitor::timeout)
        .returns(2, HealthMonitor::maxRetries);
    assertThat(document(ObjectType.NEUTRON_HEALTH_MONITOR, MONITOR))
        .returns("/alive", it -> it.text("url_path"))
        .returns("200-204", it -> it.text("expected_codes"));
    assertThat(pool().healthMonitorId()).isEqualTo(MONITOR);
  }

  /** Neutron tells of a monitor each time that it is to watch one more. */
  @Test
  void aMonitorThatIsToldOfAgainWatchesOneMore() {
    pool(POOL);
    pool(OTHER_POOL);
    monitor(POOL);
    monitor(OTHER_POOL);
    assertThat(pool().healthMonitorId()).isEqualTo(MONITOR);
    assertThat(site.get(ObjectType.POOL, OTHER_POOL).healthMonitorId()).isEqualTo(MONITOR);
    assertThatThrownBy(() -> monitor(POOL))
        .isInstanceOf(NsdbException.class)
        .hasMessageContaining("already");
    site.delete(ObjectType.NEUTRON_POOL, POOL);
    assertThat(site.has(ObjectType.HEALTH_MONITOR, MONITOR)).isTrue();
    site.neutron.update(ObjectType.NEUTRON_HEALTH_MONITOR, monitorDocument(null));
    assertThat(site.get(ObjectType.POOL, OTHER_POOL).healthMonitorId()).isNull();
  }

  @ParameterizedTest
  @CsvSource({"deleted", "let go", "down"})
  void membersThatNobodyAsksAreWell(String how) {
    pool(POOL);
    member("'weight':1");
    monitor(POOL);
    isFound(LbStatus.INACTIVE);
    switch (how) {
      case "deleted" -> site.delete(ObjectType.NEUTRON_HEALTH_MONITOR, MONITOR);
      case "let go" ->
          site.neutron.update(ObjectType.NEUTRON_HEALTH_MONITOR, monitorDocument(null));
      default ->
          site.neutron.update(
              ObjectType.NEUTRON_HEALTH_MONITOR,
              monitorDocument(POOL).replace("'admin_state_up':true", "'admin_state_up':false"));
    }
    assertThat(member().status()).isEqualTo(LbStatus.ACTIVE);
  }

  @Test
  void aPoolHasTheMonitorThatCameLast() {
    pool(POOL);
    monitor(POOL);
    site.neutron.create(
        ObjectType.NEUTRON_HEALTH_MONITOR,
        monitorDocument(POOL).replace(MONITOR.toString(), id(95).toString()));
    assertThat(pool().healthMonitorId()).isEqualTo(id(95));
    site.delete(ObjectType.NEUTRON_HEALTH_MONITOR, MONITOR);
    assertThat(pool().healthMonitorId()).isEqualTo(id(95));
  }

  @Test
  void ipv6IsRefused() {
    pool(POOL);
    refused("IPv4", () -> vip(EXT_SUBNET, "2001:db8::1", "'name':'v'"));
    refused(
        "IPv4",
        () ->
            create(
                ObjectType.NEUTRON_POOL_MEMBER,
                MEMBER,
                "'pool_id':'%s','address':'2001:db8::1','protocol_port':80".formatted(POOL)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'address':'10.0.0.1'",
        "'protocol_port':80",
        "'address':'10.0.0.1','protocol_port':65536",
        "'address':'10.0.0.1','protocol_port':-1",
        "'address':'10.0.0.1','protocol_port':80,'weight':-1",
        "'address':'10.0.0','protocol_port':80"
      })
  void badMembersAreRefused(String fields) {
    assertThatThrownBy(() -> create(ObjectType.NEUTRON_POOL_MEMBER, MEMBER, fields))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void whatIsMissingIsNotFound() {
    assertThatThrownBy(() -> member("'weight':1")).hasMessageContaining("no Pool");
    assertThatThrownBy(() -> monitor(POOL)).hasMessageContaining("no Pool");
    assertThatThrownBy(() -> vip(EXT_SUBNET, "200.0.0.10", "'name':'v'"))
        .hasMessageContaining("no Pool");
    pool(POOL);
    assertThatThrownBy(() -> vip(id(80), "200.0.0.10", "'name':'v'"))
        .hasMessageContaining("no NeutronSubnet");
    site.delete(ObjectType.NEUTRON_VIP, VIP).delete(ObjectType.NEUTRON_HEALTH_MONITOR, MONITOR);
  }

  private void create(ObjectType<NeutronObject> type, UUID id, String fields) {
    site.neutron.create(type, "{'id':'%s',%s}".formatted(id, fields));
  }

  private void pool(UUID id) {
    create(ObjectType.NEUTRON_POOL, id, "'admin_state_up':true,'router_id':'%s'".formatted(ROUTER));
  }

  private Pool pool() {
    return site.get(ObjectType.POOL, POOL);
  }

  private void member(String more) {
    site.neutron.create(ObjectType.NEUTRON_POOL_MEMBER, memberDocument(POOL, more));
  }

  private static String memberDocument(UUID pool, String more) {
    return "{'id':'%s','pool_id':'%s','address':'10.0.0.10','protocol_port':80,'admin_state_up':true,%s}"
        .formatted(MEMBER, pool, more);
  }

  private PoolMember member() {
    return site.get(ObjectType.POOL_MEMBER, MEMBER);
  }

  /** As an agent writes it. */
  private void isFound(LbStatus status) {
    site.neutron.with(new Operation.Update(member().withStatus(status)));
  }

  private void vip(UUID subnet, String address, String more) {
    site.neutron.create(ObjectType.NEUTRON_VIP, vipDocument(subnet, address, POOL, more));
  }

  private static String vipDocument(UUID subnet, String address, UUID pool, String more) {
    return "{'id':'%s','subnet_id':'%s','address':'%s','pool_id':'%s','protocol_port':80,'admin_state_up':true,%s}"
        .formatted(VIP, subnet, address, pool, more);
  }

  private void monitor(UUID pool) {
    site.neutron.create(ObjectType.NEUTRON_HEALTH_MONITOR, monitorDocument(pool));
  }

  private static String monitorDocument(@Nullable UUID pool) {
    return "{'id':'%s','type':'HTTP','delay':5,'timeout':3,'max_retries':2,'url_path':'/alive','http_method':'GET','expected_codes':'200-204','admin_state_up':true,'pools':[%s]}"
        .formatted(MONITOR, pool == null ? "" : "{'pool_id':'%s'}".formatted(pool));
  }

  private NeutronObject document(ObjectType<NeutronObject> type, UUID id) {
    return Objects.requireNonNull(site.neutron.topology().find(type, id));
  }

  private Object arp(String address) {
    return site.arp(Site.EXT, address);
  }

  private static String mac(UUID port) {
    return Site.mac(port).toString();
  }

  private static void refused(String why, Runnable what) {
    assertThatThrownBy(what::run)
        .isInstanceOf(TranslationException.class)
        .hasMessageContaining(why);
  }
}
