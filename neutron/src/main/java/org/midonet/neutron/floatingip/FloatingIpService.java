package org.midonet.neutron.floatingip;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.error.NeutronException;
import org.midonet.neutron.network.Networks;
import org.midonet.neutron.port.Ports;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.resource.Standard;
import org.midonet.neutron.resource.ValueType;
import org.midonet.neutron.router.RouterPorts;
import org.midonet.neutron.service.ResourceService;
import org.midonet.neutron.service.Session;
import org.midonet.neutron.service.Tables;
import org.midonet.neutron.subnet.Subnets;

/** The rules of floating IPs; stateless. */
final class FloatingIpService implements ResourceService {
  @Override
  public ResourceType type() {
    return FloatingIps.TYPE;
  }

  @Override
  public Resource create(Session session, Resource input) {
    String network = input.get(FloatingIps.NETWORK_ID);
    check(session, network);
    String id = ValueType.newId();
    Resource port = session.elevated().create(Ports.TYPE, port(session, input, id));
    String address =
        RouterPorts.addresses(port).stream()
            .filter(ip -> ip.address().version() == 4)
            .map(ip -> ip.address().toString())
            .findFirst()
            .orElseThrow(() -> exhausted(network));
    Resource floating =
        input.toBuilder()
            .set(Standard.ID, id)
            .set(Standard.STATUS, "ACTIVE")
            .set(FloatingIps.ADDRESS, address)
            .set(FloatingIps.FLOATING_PORT_ID, port.id())
            .set(FloatingIps.SUBNET_ID, Resource.UNSET)
            .set(FloatingIps.ROUTER_ID, null)
            .build();
    Resource way =
        Association.to(
            session,
            floating,
            input.find(FloatingIps.PORT_ID),
            input.find(FloatingIps.FIXED_IP_ADDRESS));
    return session.insert(floating.merge(way));
  }

  private static void check(Session session, String network) {
    Resource external = session.get(Networks.TYPE, network);
    if (!external.get(Networks.EXTERNAL, false)) {
      throw Association.bad("Network " + network + " is not a valid external network");
    }
    if (!session
        .tables()
        .exists(
            Subnets.TYPE,
            Tables.text(Subnets.NETWORK_ID)
                .eq(network)
                .and(Tables.column(Subnets.IP_VERSION).eq((Object) 4L)))) {
      throw Association.bad("Network " + network + " does not contain any IPv4 subnet");
    }
  }

  private static NeutronException exhausted(String network) {
    return new NeutronException(
        400,
        "ExternalIpAddressExhausted",
        "Unable to find any IP address on external network " + network + ".");
  }

  private static Resource port(Session session, Resource input, String id) {
    Resource.Builder port =
        session
            .draft(Ports.TYPE)
            .set(Standard.PROJECT_ID, "")
            .set(Standard.STATUS, "N/A")
            .set(Ports.NETWORK_ID, input.get(FloatingIps.NETWORK_ID))
            .set(Ports.DEVICE_ID, id)
            .set(Ports.DEVICE_OWNER, FloatingIps.OWNER);
    Map<String, Object> address = new LinkedHashMap<>();
    String subnet = input.find(FloatingIps.SUBNET_ID);
    if (subnet != null) {
      address.put("subnet_id", subnet);
    }
    if (input.find(FloatingIps.ADDRESS) != null) {
      address.put("ip_address", input.get(FloatingIps.ADDRESS).toString());
    }
    return address.isEmpty() ? port.build() : port.set(Ports.FIXED_IPS, List.of(address)).build();
  }

  /**
   * A request without attributes takes the floating IP off its port: there was nothing else to
   * update in the first version of the API, and clients rely on it.
   */
  @Override
  public Resource update(Session session, Resource current, Resource changes) {
    boolean empty = changes.toMap().isEmpty();
    String port =
        changes.has(FloatingIps.PORT_ID) || empty
            ? changes.find(FloatingIps.PORT_ID)
            : current.find(FloatingIps.PORT_ID);
    boolean moved = changes.has(FloatingIps.PORT_ID) || changes.has(FloatingIps.FIXED_IP_ADDRESS);
    if (!moved && !empty) {
      return session.store(current, changes);
    }
    Resource way =
        Association.to(session, current, port, changes.find(FloatingIps.FIXED_IP_ADDRESS));
    Resource status =
        session
            .changes(FloatingIps.TYPE)
            .set(Standard.STATUS, port == null ? "DOWN" : "ACTIVE")
            .build();
    return session.store(current, changes.merge(way).merge(status));
  }

  @Override
  public void delete(Session session, Resource current) {
    session.remove(current);
    session
        .elevated()
        .find(Ports.TYPE, current.get(FloatingIps.FLOATING_PORT_ID))
        .ifPresent(session.elevated()::delete);
  }

  @Override
  public void derive(Session session, List<Resource.Builder> rows) {
    if (!session.definition(FloatingIps.TYPE).has(FloatingIps.PORT_DETAILS)) {
      return;
    }
    Set<String> ids =
        rows.stream()
            .map(r -> r.raw(FloatingIps.PORT_ID))
            .filter(String.class::isInstance)
            .map(String.class::cast)
            .collect(Collectors.toSet());
    Map<String, Map<String, @Nullable Object>> details = new HashMap<>();
    if (!ids.isEmpty()) {
      session
          .tables()
          .list(Ports.TYPE, Tables.text(Standard.ID).in(ids))
          .forEach(port -> details.put(port.id(), Association.details(port)));
    }
    for (Resource.Builder row : rows) {
      Object port = row.raw(FloatingIps.PORT_ID);
      row.set(FloatingIps.PORT_DETAILS, port == null ? null : details.get(port));
    }
  }
}
