package org.midonet.cluster.core;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.topology.HealthMonitor;
import org.midonet.topology.HealthMonitorBuilder;
import org.midonet.topology.LbStatus;
import org.midonet.topology.LoadBalancer;
import org.midonet.topology.LoadBalancerBuilder;
import org.midonet.topology.ObjectType;
import org.midonet.topology.Pool;
import org.midonet.topology.PoolBuilder;
import org.midonet.topology.PoolMember;
import org.midonet.topology.PoolMemberBuilder;
import org.midonet.topology.SessionPersistence;
import org.midonet.topology.Vip;
import org.midonet.topology.VipBuilder;

/** Load balancers, pools, members, VIPs and health monitors as the API shows them; stateless. */
final class Lb {
  private static final Kind<LbStatus> STATUS = Kind.constant(LbStatus.class, Enum::name);
  private static final Kind<SessionPersistence> PERSISTENCE =
      Kind.constant(SessionPersistence.class, Enum::name);
  private static final Kind<String> TEXT = Kind.TEXT;

  static final Resource<LoadBalancer, LoadBalancerBuilder> BALANCERS =
      Resource.of(
          ObjectType.LOAD_BALANCER,
          "/load_balancers",
          "LoadBalancer",
          1,
          new Shape<LoadBalancer, LoadBalancerBuilder>()
              .shown("id", (lb, view) -> lb.id().toString())
              .field("routerId", Kind.ID, LoadBalancer::routerId, Lb::attach)
              .field(
                  "adminStateUp",
                  Kind.FLAG,
                  true,
                  LoadBalancer::adminStateUp,
                  LoadBalancerBuilder::adminStateUp)
              .link("router", "/routers", LoadBalancer::routerId)
              .link("pools", lb -> "/load_balancers/" + lb.id() + "/pools")
              .link("vips", lb -> "/load_balancers/" + lb.id() + "/vips"),
          new Resource.Builders<>(
              LoadBalancerBuilder::builder,
              LoadBalancerBuilder::builder,
              LoadBalancerBuilder::id,
              LoadBalancerBuilder::build));

  static final Resource<Pool, PoolBuilder> POOLS =
      Resource.of(
          ObjectType.POOL,
          "/pools",
          "Pool",
          1,
          new Shape<Pool, PoolBuilder>()
              .shown("id", (pool, view) -> pool.id().toString())
              .field("adminStateUp", Kind.FLAG, true, Pool::adminStateUp, PoolBuilder::adminStateUp)
              .field(
                  "healthMonitorId", Kind.ID, Pool::healthMonitorId, PoolBuilder::healthMonitorId)
              .field("loadBalancerId", Kind.ID, Pool::loadBalancerId, PoolBuilder::loadBalancerId)
              .field(
                  "protocol",
                  TEXT,
                  "TCP",
                  pool -> orElse(pool.protocol(), "TCP"),
                  PoolBuilder::protocol)
              .required("lbMethod", TEXT, Pool::lbMethod, PoolBuilder::lbMethod)
              .field("status", STATUS, LbStatus.ACTIVE, Lb::status, PoolBuilder::status)
              .link("healthMonitor", "/health_monitors", Pool::healthMonitorId)
              .link("loadBalancer", "/load_balancers", Pool::loadBalancerId)
              .link("vips", pool -> "/pools/" + pool.id() + "/vips")
              .link("poolMembers", pool -> "/pools/" + pool.id() + "/pool_members"),
          new Resource.Builders<>(
              PoolBuilder::builder, PoolBuilder::builder, PoolBuilder::id, PoolBuilder::build));

  static final Resource<PoolMember, PoolMemberBuilder> MEMBERS =
      Resource.of(
          ObjectType.POOL_MEMBER,
          "/pool_members",
          "PoolMember",
          1,
          new Shape<PoolMember, PoolMemberBuilder>()
              .shown("id", (member, view) -> member.id().toString())
              .field(
                  "adminStateUp",
                  Kind.FLAG,
                  true,
                  PoolMember::adminStateUp,
                  PoolMemberBuilder::adminStateUp)
              .field("status", STATUS, LbStatus.ACTIVE, Lb::status, PoolMemberBuilder::status)
              .required("poolId", Kind.ID, PoolMember::poolId, PoolMemberBuilder::poolId)
              .required("address", Kind.IPV4, PoolMember::address, PoolMemberBuilder::address)
              .field(
                  "protocolPort",
                  Kind.INT,
                  0,
                  PoolMember::protocolPort,
                  PoolMemberBuilder::protocolPort,
                  Check.min(0),
                  Check.max(65535))
              .field(
                  "weight",
                  Kind.INT,
                  1,
                  PoolMember::weight,
                  PoolMemberBuilder::weight,
                  Check.min(1))
              .link("pool", "/pools", PoolMember::poolId),
          new Resource.Builders<>(
              PoolMemberBuilder::builder,
              PoolMemberBuilder::builder,
              PoolMemberBuilder::id,
              PoolMemberBuilder::build));

  static final Resource<Vip, VipBuilder> VIPS =
      Resource.of(
          ObjectType.VIP,
          "/vips",
          "VIP",
          1,
          new Shape<Vip, VipBuilder>()
              .shown("id", (vip, view) -> vip.id().toString())
              .field("adminStateUp", Kind.FLAG, true, Vip::adminStateUp, VipBuilder::adminStateUp)
              .shown("loadBalancerId", (vip, view) -> Kind.ID.show(view.loadBalancerOf(vip)))
              .required("poolId", Kind.ID, Vip::poolId, VipBuilder::poolId)
              .required("address", Kind.IPV4, Vip::address, VipBuilder::address)
              .field(
                  "protocolPort",
                  Kind.INT,
                  0,
                  Vip::protocolPort,
                  VipBuilder::protocolPort,
                  Check.min(0),
                  Check.max(65535))
              .field(
                  "sessionPersistence",
                  PERSISTENCE,
                  Vip::sessionPersistence,
                  VipBuilder::sessionPersistence)
              .link("pool", "/pools", Vip::poolId)
              .shown(
                  "loadBalancer",
                  (vip, view) -> {
                    var balancer = view.loadBalancerOf(vip);
                    return balancer == null ? null : view.links().to("/load_balancers/" + balancer);
                  }),
          new Resource.Builders<>(
              VipBuilder::builder, VipBuilder::builder, VipBuilder::id, VipBuilder::build));

  static final Resource<HealthMonitor, HealthMonitorBuilder> MONITORS =
      Resource.of(
          ObjectType.HEALTH_MONITOR,
          "/health_monitors",
          "HealthMonitor",
          1,
          new Shape<HealthMonitor, HealthMonitorBuilder>()
              .shown("id", (monitor, view) -> monitor.id().toString())
              .field(
                  "adminStateUp",
                  Kind.FLAG,
                  true,
                  HealthMonitor::adminStateUp,
                  HealthMonitorBuilder::adminStateUp)
              .required("type", TEXT, HealthMonitor::monitorType, HealthMonitorBuilder::monitorType)
              .field("delay", Kind.INT, 0, HealthMonitor::delay, HealthMonitorBuilder::delay)
              .field("timeout", Kind.INT, 0, HealthMonitor::timeout, HealthMonitorBuilder::timeout)
              .field(
                  "maxRetries",
                  Kind.INT,
                  0,
                  HealthMonitor::maxRetries,
                  HealthMonitorBuilder::maxRetries)
              .shown("status", (monitor, view) -> "ACTIVE")
              .link("pools", monitor -> "/health_monitors/" + monitor.id() + "/pools"),
          new Resource.Builders<>(
              HealthMonitorBuilder::builder,
              HealthMonitorBuilder::builder,
              HealthMonitorBuilder::id,
              HealthMonitorBuilder::build));

  private Lb() {}

  /** A body that names no router leaves the load balancer where it is. */
  private static void attach(LoadBalancerBuilder builder, @Nullable UUID routerId) {
    if (routerId != null) {
      builder.routerId(routerId);
    }
  }

  private static LbStatus status(Pool pool) {
    return pool.status() == null ? LbStatus.ACTIVE : pool.status();
  }

  private static LbStatus status(PoolMember member) {
    return member.status() == null ? LbStatus.ACTIVE : member.status();
  }

  private static String orElse(@Nullable String value, String other) {
    return value == null ? other : value;
  }
}
