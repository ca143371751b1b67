package org.midonet.nsdb;

import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.midonet.packets.Ipv4Address;
import org.midonet.packets.Mac;
import org.midonet.topology.ObjectType;

/**
 * A table of what was configured or learned at a device: the name of the table, not its content.
 * Immutable, safe to share.
 *
 * @param owner the device; all zeros for the tables of the whole system
 * @param args what further tells tables of the same kind apart: the VLAN of a MAC table
 */
public record StateTable<K, V>(Kind<K, V> kind, UUID owner, List<String> args) {
  /** The owner of tables that belong to no device. */
  public static final UUID GLOBAL = new UUID(0, 0);

  public StateTable {
    args = List.copyOf(args);
    if (args.size() != kind.arguments) {
      throw new IllegalArgumentException(
          kind.name + " takes " + kind.arguments + " arguments, not " + args);
    }
  }

  /**
   * The ports behind which MACs are found on a bridge.
   *
   * @param vlan 0 for untagged frames
   */
  public static StateTable<Mac, UUID> macs(UUID bridgeId, int vlan) {
    return new StateTable<>(Kind.MAC, bridgeId, List.of(Integer.toString(vlan)));
  }

  /** The MACs of IPv4 addresses on a bridge, by which ARP requests are answered. */
  public static StateTable<Ipv4Address, Mac> arps(UUID bridgeId) {
    return new StateTable<>(Kind.IP4_MAC, bridgeId, List.of());
  }

  /** The neighbours of a router. */
  public static StateTable<Ipv4Address, ArpEntry> neighbours(UUID routerId) {
    return new StateTable<>(Kind.ROUTER_ARP, routerId, List.of());
  }

  /** The VTEPs behind which MACs are found from a router port with a VNI. */
  public static StateTable<Mac, Ipv4Address> peerings(UUID portId) {
    return new StateTable<>(Kind.PEERING, portId, List.of());
  }

  /** The IPv6 floating IPs of an external network, each with the port that it is reached by. */
  public static StateTable<Fip64Entry, UUID> fip64(UUID networkId) {
    return new StateTable<>(Kind.FIP64, networkId, List.of());
  }

  /** The hosts that are gateways; key and value are the host's id. */
  public static StateTable<UUID, UUID> gateways() {
    return new StateTable<>(Kind.GATEWAY, GLOBAL, List.of());
  }

  @Override
  public String toString() {
    return kind.name + " of " + owner + (args.isEmpty() ? "" : " " + args);
  }

  /** What tables there are, and how their keys and values are written. Immutable. */
  public static final class Kind<K, V> {
    public static final Kind<Mac, UUID> MAC =
        new Kind<>(ObjectType.BRIDGE.name(), "mac_table", 1, Mac::parse, UUID::fromString);
    public static final Kind<Ipv4Address, Mac> IP4_MAC =
        new Kind<>(ObjectType.BRIDGE.name(), "ip4_mac_table", 0, Ipv4Address::parse, Mac::parse);
    public static final Kind<Ipv4Address, ArpEntry> ROUTER_ARP =
        new Kind<>(ObjectType.ROUTER.name(), "arp_table", 0, Ipv4Address::parse, ArpEntry::parse);
    public static final Kind<Mac, Ipv4Address> PEERING =
        new Kind<>(ObjectType.PORT.name(), "peering_table", 0, Mac::parse, Ipv4Address::parse);
    public static final Kind<Fip64Entry, UUID> FIP64 =
        new Kind<>(
            ObjectType.NEUTRON_NETWORK.name(),
            "fip64_table",
            0,
            Fip64Entry::parse,
            UUID::fromString);
    public static final Kind<UUID, UUID> GATEWAY =
        new Kind<>("global", "gateway_table", 0, UUID::fromString, UUID::fromString);

    static final List<Kind<?, ?>> ALL = List.of(MAC, IP4_MAC, ROUTER_ARP, PEERING, FIP64, GATEWAY);

    private final String className;
    private final String name;
    private final int arguments;
    private final Function<String, K> parseKey;
    private final Function<String, V> parseValue;

    private Kind(
        String className,
        String name,
        int arguments,
        Function<String, K> parseKey,
        Function<String, V> parseValue) {
      this.className = className;
      this.name = name;
      this.arguments = arguments;
      this.parseKey = parseKey;
      this.parseValue = parseValue;
    }

    /** The stored class of the device that has such tables. */
    String className() {
      return className;
    }

    /** The name of the table in the store. */
    public String name() {
      return name;
    }

    int arguments() {
      return arguments;
    }

    /**
     * Reads {@code key,value,version}.
     *
     * @throws IllegalArgumentException if the text is no entry of such a table
     */
    TableEntry<K, V> parse(String znode) {
      String[] parts = znode.split(",", -1);
      if (parts.length != 3) {
        throw new IllegalArgumentException("'" + znode + "' is not key,value,version");
      }
      return new TableEntry<>(
          parseKey.apply(parts[0]), parseValue.apply(parts[1]), Integer.parseInt(parts[2]));
    }

    @Override
    public String toString() {
      return name;
    }
  }
}
