package org.midonet.topology;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A kind of stored object: its name in the store and in messages, and its form as JSON. Immutable,
 * safe to share; there is one instance of each, listed in {@link #all}.
 */
public final class ObjectType<T extends TopologyObject> {
  private static final List<ObjectType<?>> ALL = new ArrayList<>();
  private static final Map<String, ObjectType<?>> BY_NAME = new HashMap<>();

  public static final ObjectType<Bridge> BRIDGE = of("Network", Bridge.class);
  public static final ObjectType<Router> ROUTER = of("Router", Router.class);
  public static final ObjectType<Port> PORT = of("Port", Port.class);
  public static final ObjectType<Chain> CHAIN = of("Chain", Chain.class);
  public static final ObjectType<Rule> RULE = of("Rule", Rule.class);
  public static final ObjectType<Route> ROUTE = of("Route", Route.class);
  public static final ObjectType<Dhcp> DHCP = of("Dhcp", Dhcp.class);
  public static final ObjectType<DhcpHost> DHCP_HOST = of("DhcpHost", DhcpHost.class);
  public static final ObjectType<DhcpV6> DHCP_V6 = of("DhcpV6", DhcpV6.class);
  public static final ObjectType<IpAddrGroup> IP_ADDR_GROUP = of("IPAddrGroup", IpAddrGroup.class);
  public static final ObjectType<IpAddrGroupMember> IP_ADDR_GROUP_MEMBER =
      of("IPAddrGroupMember", IpAddrGroupMember.class);
  public static final ObjectType<PortGroup> PORT_GROUP = of("PortGroup", PortGroup.class);
  public static final ObjectType<LoadBalancer> LOAD_BALANCER =
      of("LoadBalancer", LoadBalancer.class);
  public static final ObjectType<Pool> POOL = of("Pool", Pool.class);
  public static final ObjectType<PoolMember> POOL_MEMBER = of("PoolMember", PoolMember.class);
  public static final ObjectType<Vip> VIP = of("Vip", Vip.class);
  public static final ObjectType<HealthMonitor> HEALTH_MONITOR =
      of("HealthMonitor", HealthMonitor.class);
  public static final ObjectType<Host> HOST = of("Host", Host.class);
  public static final ObjectType<TunnelZone> TUNNEL_ZONE = of("TunnelZone", TunnelZone.class);
  public static final ObjectType<HostGroup> HOST_GROUP = of("HostGroup", HostGroup.class);
  public static final ObjectType<Mirror> MIRROR = of("Mirror", Mirror.class);
  public static final ObjectType<L2Insertion> L2_INSERTION = of("L2Insertion", L2Insertion.class);
  public static final ObjectType<QosPolicy> QOS_POLICY = of("QosPolicy", QosPolicy.class);
  public static final ObjectType<QosRuleBandwidthLimit> QOS_RULE_BANDWIDTH_LIMIT =
      of("QosRuleBandwidthLimit", QosRuleBandwidthLimit.class);
  public static final ObjectType<QosRuleDscp> QOS_RULE_DSCP = of("QosRuleDscp", QosRuleDscp.class);
  public static final ObjectType<ServiceContainerGroup> SERVICE_CONTAINER_GROUP =
      of("ServiceContainerGroup", ServiceContainerGroup.class);
  public static final ObjectType<ServiceContainer> SERVICE_CONTAINER =
      of("ServiceContainer", ServiceContainer.class);
  public static final ObjectType<BgpNetwork> BGP_NETWORK = of("BgpNetwork", BgpNetwork.class);
  public static final ObjectType<BgpPeer> BGP_PEER = of("BgpPeer", BgpPeer.class);
  public static final ObjectType<TraceRequest> TRACE_REQUEST =
      of("TraceRequest", TraceRequest.class);
  public static final ObjectType<RuleLogger> RULE_LOGGER = of("RuleLogger", RuleLogger.class);
  public static final ObjectType<LoggingResource> LOGGING_RESOURCE =
      of("LoggingResource", LoggingResource.class);
  public static final ObjectType<Vtep> VTEP = of("Vtep", Vtep.class);

  public static final ObjectType<NeutronObject> NEUTRON_NETWORK = document("NeutronNetwork");
  public static final ObjectType<NeutronObject> NEUTRON_SUBNET = document("NeutronSubnet");
  public static final ObjectType<NeutronObject> NEUTRON_PORT = document("NeutronPort");
  public static final ObjectType<NeutronObject> NEUTRON_ROUTER = document("NeutronRouter");
  public static final ObjectType<NeutronObject> NEUTRON_ROUTER_INTERFACE =
      document("NeutronRouterInterface");
  public static final ObjectType<NeutronObject> FLOATING_IP = document("FloatingIp");
  public static final ObjectType<NeutronObject> SECURITY_GROUP = document("SecurityGroup");
  public static final ObjectType<NeutronObject> SECURITY_GROUP_RULE = document("SecurityGroupRule");
  public static final ObjectType<NeutronObject> NEUTRON_FIREWALL = document("NeutronFirewall");
  public static final ObjectType<NeutronObject> NEUTRON_POOL = document("NeutronLoadBalancerPool");
  public static final ObjectType<NeutronObject> NEUTRON_POOL_MEMBER =
      document("NeutronLoadBalancerPoolMember");
  public static final ObjectType<NeutronObject> NEUTRON_VIP = document("NeutronVIP");
  public static final ObjectType<NeutronObject> NEUTRON_HEALTH_MONITOR =
      document("NeutronHealthMonitor");
  public static final ObjectType<NeutronObject> VPN_SERVICE = document("VpnService");
  public static final ObjectType<NeutronObject> IPSEC_SITE_CONNECTION =
      document("IPSecSiteConnection");
  public static final ObjectType<NeutronObject> GATEWAY_DEVICE = document("GatewayDevice");
  public static final ObjectType<NeutronObject> REMOTE_MAC_ENTRY = document("RemoteMacEntry");
  public static final ObjectType<NeutronObject> NEUTRON_CONFIG = document("NeutronConfig");
  public static final ObjectType<NeutronObject> AGENT_MEMBERSHIP = document("AgentMembership");
  public static final ObjectType<NeutronObject> PORT_BINDING = document("PortBinding");

  /** What the task importer knows of its own progress. */
  public static final ObjectType<NeutronObject> TASK_STATE = document("C3POState");

  private final String name;
  private final Class<T> javaClass;
  private final Codec<T> codec;

  private ObjectType(String name, Class<T> javaClass) {
    this.name = name;
    this.javaClass = javaClass;
    this.codec = new RecordCodec<>(javaClass);
    ALL.add(this);
    BY_NAME.put(name, this);
  }

  @SuppressWarnings({"unchecked", "this-escape"}) // T is NeutronObject where this is called
  private ObjectType(String name) {
    this.name = name;
    this.javaClass = (Class<T>) NeutronObject.class;
    this.codec = (Codec<T>) new DocumentCodec((ObjectType<NeutronObject>) this);
    ALL.add(this);
    BY_NAME.put(name, this);
  }

  private static <T extends TopologyObject> ObjectType<T> of(String name, Class<T> javaClass) {
    return new ObjectType<>(name, javaClass);
  }

  private static ObjectType<NeutronObject> document(String name) {
    return new ObjectType<>(name);
  }

  /** Every kind there is. */
  public static List<ObjectType<?>> all() {
    return Collections.unmodifiableList(ALL);
  }

  /** The kind of a stored name. */
  public static Optional<ObjectType<?>> named(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  /** The name in the store, and in messages: {@code There is no Network with ID ...}. */
  public String name() {
    return name;
  }

  /** The class of its objects; Neutron's kinds share {@link NeutronObject}. */
  public Class<T> javaClass() {
    return javaClass;
  }

  /** The object as this kind. */
  public T cast(TopologyObject object) {
    return javaClass.cast(object);
  }

  /** The object as the JSON text that the store keeps, in UTF-8. */
  public byte[] encode(T object) {
    return codec.encode(object);
  }

  /** Like {@link #encode} for an object that is known to be of this kind. */
  public byte[] encodeObject(TopologyObject object) {
    return codec.encode(cast(object));
  }

  /**
   * The object of a JSON text.
   *
   * @throws IllegalArgumentException if the text is no such object; the message says where
   */
  public T decode(UUID id, byte[] json) {
    T object = codec.decode(id, json);
    if (object == null) {
      throw new IllegalArgumentException("it holds null");
    }
    if (!id.equals(object.id())) {
      throw new IllegalArgumentException("it holds the id " + object.id());
    }
    return object;
  }

  @Override
  public String toString() {
    return name;
  }

  /** An object as JSON and back. Stateless. */
  interface Codec<T> {
    byte[] encode(T object);

    T decode(UUID id, byte[] json);
  }
}
