package org.midonet.cluster.core;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.cluster.api.ApiException;
import org.midonet.cluster.api.Violation;
import org.midonet.packets.Cidr;
import org.midonet.packets.IpAddress;
import org.midonet.topology.Dhcp;
import org.midonet.topology.DhcpBuilder;
import org.midonet.topology.DhcpHost;
import org.midonet.topology.DhcpHostBuilder;
import org.midonet.topology.DhcpOption;
import org.midonet.topology.DhcpRoute;

/** DHCP subnets and their hosts as the API shows them; stateless. */
final class DhcpSubnets {
  private static final Kind<DhcpRoute> ROUTE =
      new Kind<>("a route", DhcpSubnets::route, DhcpSubnets::show, null);
  private static final Kind<DhcpOption> OPTION =
      new Kind<>("an option of optName and optValue", DhcpSubnets::option, DhcpSubnets::show, null);

  static final Shape<Dhcp, DhcpBuilder> SUBNET =
      new Shape<Dhcp, DhcpBuilder>()
          .with(new SubnetFields())
          .field("defaultGateway", Kind.IP, Dhcp::defaultGateway, DhcpBuilder::defaultGateway)
          .field("serverAddr", Kind.IP, Dhcp::serverAddress, DhcpBuilder::serverAddress)
          .field("dnsServerAddrs", Kind.IPS, List.of(), Dhcp::dnsServers, DhcpBuilder::dnsServers)
          .field(
              "interfaceMTU",
              Kind.INT,
              0,
              Dhcp::interfaceMtu,
              DhcpBuilder::interfaceMtu,
              Check.min(0),
              Check.max(65536))
          .field(
              "opt121Routes",
              Kind.list(ROUTE),
              List.of(),
              Dhcp::opt121Routes,
              DhcpBuilder::opt121Routes)
          .field("enabled", Kind.FLAG, true, Dhcp::enabled, DhcpBuilder::enabled)
          .shown("hosts", (dhcp, view) -> view.links().to(path(dhcp) + "/hosts"))
          .shown("uri", (dhcp, view) -> view.links().to(path(dhcp)));

  static final Shape<DhcpHost, DhcpHostBuilder> HOST =
      new Shape<DhcpHost, DhcpHostBuilder>()
          .required("macAddr", Kind.MAC, DhcpHost::mac, DhcpHostBuilder::mac)
          .required("ipAddr", Kind.IP, DhcpHost::address, DhcpHostBuilder::address)
          .field("name", Kind.TEXT, DhcpHost::name, DhcpHostBuilder::name)
          .field(
              "extraDhcpOpts",
              Kind.list(OPTION),
              List.of(),
              DhcpHost::extraOptions,
              DhcpHostBuilder::extraOptions);

  private DhcpSubnets() {}

  /** The path of a subnet below the root. */
  static String path(Dhcp dhcp) {
    return "/bridges/" + dhcp.bridgeId() + "/dhcp/" + key(dhcp.subnet());
  }

  /** A prefix as paths have it: {@code 10.0.0.0_24}. */
  static String key(Cidr subnet) {
    return subnet.network() + "_" + subnet.prefixLength();
  }

  /** Shows a host of a subnet. */
  static Map<String, @Nullable Object> show(Dhcp dhcp, DhcpHost host, View view) {
    Map<String, @Nullable Object> json = HOST.show(host, view);
    json.put("uri", view.links().to(path(dhcp) + "/hosts/" + host.mac()));
    return json;
  }

  /** A builder for a new subnet of a bridge. */
  static DhcpBuilder on(UUID bridgeId) {
    return DhcpBuilder.builder().id(UUID.randomUUID()).bridgeId(bridgeId);
  }

  /** The prefix in two fields, of IPv4 unless Neutron made the subnet. */
  private static final class SubnetFields implements Field<Dhcp, DhcpBuilder> {
    private static final String PREFIX = "subnetPrefix";
    private static final String LENGTH = "subnetLength";

    @Override
    public void show(Dhcp dhcp, View view, Map<String, @Nullable Object> json) {
      json.put(PREFIX, dhcp.subnet().network().toString());
      json.put(LENGTH, dhcp.subnet().prefixLength());
    }

    @Override
    public void check(Map<String, @Nullable Object> json, List<Violation> violations) {
      Object raw = json.get(PREFIX);
      if (raw == null) {
        violations.add(new Violation(PREFIX, "may not be null"));
      }
      IpAddress address = raw == null ? null : Kind.IP.read(raw);
      if (raw != null && address == null) {
        violations.add(new Violation(PREFIX, "is an invalid IPv4 format"));
      }
      int most = address == null ? 32 : address.width();
      for (Check check : List.of(Check.min(0), Check.max(most))) {
        String complaint = check.complaint(json.get(LENGTH));
        if (complaint != null) {
          violations.add(new Violation(LENGTH, complaint));
        }
      }
    }

    @Override
    public void fill(Map<String, @Nullable Object> json, DhcpBuilder builder) {
      Object raw = json.get(PREFIX);
      IpAddress address = raw == null ? null : Kind.IP.read(raw);
      if (address != null) {
        int length = Kind.intOrZero(json.get(LENGTH));
        builder.subnet(new Cidr(address, length));
      }
    }
  }

  private static @Nullable DhcpRoute route(Object raw) {
    if (!(raw instanceof Map<?, ?> map)
        || !(map.get("destinationPrefix") instanceof String prefix)
        || !(map.get("gatewayAddr") instanceof String gateway)) {
      return null;
    }
    Integer length = Kind.intOrNull(map.get("destinationLength"));
    IpAddress to = IpAddress.tryParse(prefix).orElse(null);
    IpAddress by = IpAddress.tryParse(gateway).orElse(null);
    return to == null || by == null || length == null || length < 0 || length > to.width()
        ? null
        : new DhcpRoute(new Cidr(to, length), by);
  }

  private static Map<String, Object> show(DhcpRoute route) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("destinationPrefix", route.destination().network().toString());
    json.put("destinationLength", route.destination().prefixLength());
    json.put("gatewayAddr", route.gateway().toString());
    return json;
  }

  private static @Nullable DhcpOption option(Object raw) {
    return raw instanceof Map<?, ?> map
            && map.get("optName") instanceof String name
            && map.get("optValue") instanceof String value
        ? new DhcpOption(name, value)
        : null;
  }

  private static Map<String, Object> show(DhcpOption option) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("optName", option.name());
    json.put("optValue", option.value());
    return json;
  }

  /** The prefix that a path names. */
  static Cidr parseKey(String key) {
    return Cidr.tryParse(key.replace('_', '/'))
        .orElseThrow(() -> new ApiException(404, "There is no DHCP subnet " + key + "."));
  }
}
