package org.midonet.cluster.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.midonet.cluster.api.ApiException;
import org.midonet.cluster.api.Violation;
import org.midonet.packets.IpAddress;
import org.midonet.packets.IpPrefix;
import org.midonet.packets.Mac;
import org.midonet.topology.Port;
import org.midonet.topology.PortBuilder;

/**
 * The fields of router ports: addresses, given either as portSubnet or as networkAddress with
 * networkLength, a MAC address, and what makes a port a VXLAN endpoint; stateless.
 */
final class RouterPorts implements Field<Port, PortBuilder> {
  /** What generated MAC addresses begin with. */
  private static final Mac BASE_MAC = Mac.parse("ac:ca:ba:00:00:00");

  private static final Kind<List<IpPrefix>> SUBNETS =
      Kind.list(
          Kind.text(
              "an address with a prefix length",
              text -> IpPrefix.tryParse(text).orElse(null),
              IpPrefix::toString,
              "is not an address with a prefix length"));

  /** Those that stand in a field of their own. */
  private static final Shape<Port, PortBuilder> REST =
      new Shape<Port, PortBuilder>()
          .field("portAddress", Kind.IPV4, Port::portAddress, PortBuilder::portAddress)
          .shown("portMac", (port, view) -> Kind.MAC.show(port.portMac()))
          .field(
              "rtrPortVni",
              Kind.INT,
              0,
              port -> port.vni() == null ? 0 : port.vni(),
              (builder, vni) -> builder.vni(vni == 0 ? null : vni),
              Check.min(0),
              Check.max(0xffffff))
          .flag("offRampVxlan", Port::offRampVxlan, PortBuilder::offRampVxlan)
          .shown("serviceContainerId", (port, view) -> Kind.ID.show(port.serviceContainerId()))
          .shown("bgpStatus", (port, view) -> null);

  @Override
  public void show(Port port, View view, Map<String, @Nullable Object> json) {
    IpPrefix first = port.portSubnets().isEmpty() ? null : port.portSubnets().getFirst();
    json.put("networkAddress", first == null ? null : first.cidr().network().toString());
    json.put("networkLength", first == null ? 0 : first.prefixLength());
    json.put("portSubnet", SUBNETS.show(port.portSubnets()));
    json.putAll(REST.show(port, view));
  }

  @Override
  public void check(Map<String, @Nullable Object> json, List<Violation> violations) {
    violations.addAll(REST.violations(json));
    given(json, "networkAddress", Kind.IPV4, violations);
    given(json, "portMac", Kind.MAC, violations);
    given(json, "portSubnet", SUBNETS, violations);
    for (Check check : List.of(Check.min(0), Check.max(32))) {
      String complaint = check.complaint(json.get("networkLength"));
      if (complaint != null) {
        violations.add(new Violation("networkLength", complaint));
      }
    }
  }

  private static void given(
      Map<String, @Nullable Object> json, String name, Kind<?> kind, List<Violation> violations) {
    Object raw = json.get(name);
    if (raw != null && kind.read(raw) == null) {
      violations.add(new Violation(name, "is not " + kind.expected()));
    }
  }

  @Override
  public void fill(Map<String, @Nullable Object> json, PortBuilder builder) {
    List<IpPrefix> subnets = subnets(json, builder);
    REST.fill(json, builder);
    builder.portSubnets(subnets);
    if (builder.portAddress() == null && holdsHost(subnets.getFirst())) {
      builder.portAddress(subnets.getFirst().address());
    }
    Object mac = json.get("portMac");
    if (mac != null) {
      builder.portMac(Kind.MAC.read(mac));
    } else if (builder.portMac() == null) {
      builder.portMac(Mac.random(BASE_MAC, ThreadLocalRandom.current()));
    }
  }

  /** Whether the address is that of a host, and not merely that of the network. */
  private static boolean holdsHost(IpPrefix subnet) {
    return !subnet.cidr().network().equals(subnet.address());
  }

  /**
   * The addresses of the port. Whoever reads a port and writes it back with another networkAddress
   * also sends the portSubnet of before, which then does not count.
   */
  private static List<IpPrefix> subnets(Map<String, @Nullable Object> json, PortBuilder builder) {
    List<IpPrefix> before = builder.portSubnets() == null ? List.of() : builder.portSubnets();
    List<IpPrefix> listed = new ArrayList<>();
    if (json.get("portSubnet") instanceof List<?> list) {
      List<IpPrefix> read = SUBNETS.read(list);
      listed.addAll(read == null ? List.of() : read);
    }
    IpPrefix single = single(json);
    if (single == null || (!listed.isEmpty() && !listed.equals(before))) {
      if (listed.isEmpty()) {
        throw ApiException.badRequest(
            "A router port needs an address: portSubnet, or networkAddress and networkLength.");
      }
      return listed;
    }
    return listed.size() > 1 && listed.getFirst().cidr().equals(single.cidr())
        ? listed
        : List.of(single);
  }

  private static @Nullable IpPrefix single(Map<String, @Nullable Object> json) {
    Object network = json.get("networkAddress");
    if (network == null) {
      return null;
    }
    Object address = json.get("portAddress") == null ? network : json.get("portAddress");
    IpAddress ip = Kind.IPV4.read(address);
    Integer length = Kind.intOrNull(json.get("networkLength"));
    return ip == null ? null : new IpPrefix(ip, length == null ? 0 : length);
  }
}
