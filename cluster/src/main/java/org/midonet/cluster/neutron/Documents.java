package org.midonet.cluster.neutron;

import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.midonet.topology.NeutronObject;
import org.midonet.topology.ObjectType;

/**
 * Neutron's documents from and to what translation works with. Stateless. Fields that are not known
 * are ignored, and so are values of enumerations.
 */
public final class Documents {
  private static final Map<ObjectType<NeutronObject>, Function<Fields, NeutronModel>> READERS =
      Map.ofEntries(
          Map.entry(ObjectType.NEUTRON_NETWORK, Reader::network),
          Map.entry(ObjectType.NEUTRON_SUBNET, Reader::subnet),
          Map.entry(ObjectType.NEUTRON_PORT, Reader::port),
          Map.entry(ObjectType.NEUTRON_ROUTER, Reader::router),
          Map.entry(ObjectType.NEUTRON_ROUTER_INTERFACE, Reader::routerInterface),
          Map.entry(ObjectType.FLOATING_IP, Reader::floatingIp),
          Map.entry(ObjectType.SECURITY_GROUP, Reader::securityGroup),
          Map.entry(ObjectType.SECURITY_GROUP_RULE, Reader::securityGroupRule),
          Map.entry(ObjectType.NEUTRON_FIREWALL, FirewallReader::firewall),
          Map.entry(ObjectType.NEUTRON_POOL, LoadBalancerReader::pool),
          Map.entry(ObjectType.NEUTRON_POOL_MEMBER, LoadBalancerReader::member),
          Map.entry(ObjectType.NEUTRON_VIP, LoadBalancerReader::vip),
          Map.entry(ObjectType.NEUTRON_HEALTH_MONITOR, LoadBalancerReader::healthMonitor),
          Map.entry(ObjectType.PORT_BINDING, Reader::portBinding),
          Map.entry(ObjectType.AGENT_MEMBERSHIP, Reader::agentMembership),
          Map.entry(ObjectType.NEUTRON_CONFIG, Reader::config));

  private Documents() {}

  /**
   * Reads a document of some kind.
   *
   * @throws MalformedException if a field has no value that it can have, or a required one is
   *     missing
   */
  public static NeutronModel read(
      ObjectType<NeutronObject> type, Map<String, @Nullable Object> document, Dialect dialect) {
    Function<Fields, NeutronModel> reader = READERS.get(type);
    if (reader == null) {
      throw new MalformedException("There are no documents of the kind " + type + ".");
    }
    return reader.apply(new Fields(document, dialect));
  }

  /** The document as the REST API shows it: every field, null where there is no value. */
  public static Map<String, @Nullable Object> write(NeutronModel model) {
    return Writer.write(model);
  }

  /** What is stored of a model. */
  public static NeutronObject toStored(NeutronModel model) {
    return new NeutronObject(model.type(), model.id(), write(model));
  }

  /** What is stored, whatever it is. */
  public static NeutronModel stored(NeutronObject stored) {
    return read(stored.type(), stored.document(), Dialect.STORED);
  }

  /** A stored network. */
  public static NeutronNetwork network(NeutronObject stored) {
    return Reader.network(fields(stored));
  }

  /** A stored subnet. */
  public static NeutronSubnet subnet(NeutronObject stored) {
    return Reader.subnet(fields(stored));
  }

  /** A stored port. */
  public static NeutronPort port(NeutronObject stored) {
    return Reader.port(fields(stored));
  }

  /** A stored router. */
  public static NeutronRouter router(NeutronObject stored) {
    return Reader.router(fields(stored));
  }

  /** A stored floating IP. */
  public static FloatingIp floatingIp(NeutronObject stored) {
    return Reader.floatingIp(fields(stored));
  }

  /** A stored VIP. */
  public static NeutronVip vip(NeutronObject stored) {
    return LoadBalancerReader.vip(fields(stored));
  }

  /** A stored health monitor. */
  public static NeutronHealthMonitor healthMonitor(NeutronObject stored) {
    return LoadBalancerReader.healthMonitor(fields(stored));
  }

  /** The id in a document, null when it has none. */
  public static @Nullable UUID id(Map<String, @Nullable Object> document) {
    return new Fields(document, Dialect.REST).uuid("id");
  }

  /** Stored documents are those of the REST API, whatever way they came. */
  private static Fields fields(NeutronObject stored) {
    return new Fields(stored.document(), Dialect.STORED);
  }
}
