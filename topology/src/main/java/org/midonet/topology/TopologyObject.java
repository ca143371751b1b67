package org.midonet.topology;

import java.util.UUID;

/**
 * An object of the virtual topology, as one row of the store. Immutable, safe to share.
 *
 * <p>Absent values are null; lists are never null and cannot be changed. Objects name each other by
 * id; {@link Bindings} says what ties the two ends together.
 */
public sealed interface TopologyObject
    permits BgpNetwork,
        BgpPeer,
        Bridge,
        Chain,
        Dhcp,
        DhcpHost,
        DhcpV6,
        HealthMonitor,
        Host,
        HostGroup,
        IpAddrGroup,
        IpAddrGroupMember,
        L2Insertion,
        LoadBalancer,
        LoggingResource,
        Mirror,
        NeutronObject,
        Pool,
        PoolMember,
        Port,
        PortGroup,
        QosPolicy,
        QosRuleBandwidthLimit,
        QosRuleDscp,
        Route,
        Router,
        Rule,
        RuleLogger,
        ServiceContainer,
        ServiceContainerGroup,
        TraceRequest,
        TunnelZone,
        Vip,
        Vtep {

  UUID id();

  /** What kind of object this is; together with the id it names the object in the store. */
  ObjectType<?> type();
}
