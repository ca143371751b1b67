package org.midonet.neutron.loadbalancer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.midonet.neutron.ipam.FixedIp;
import org.midonet.neutron.port.Ports;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.resource.Standard;
import org.midonet.neutron.service.Hook;
import org.midonet.neutron.service.Session;
import org.midonet.neutron.service.Tables;
import org.midonet.neutron.subnet.Subnets;

/** The ports that hold the addresses of VIPs, which come and go with these alone; stateless. */
final class VipPorts implements Hook {
  static final String OWNER = "neutron:LOADBALANCER";

  /**
   * Makes the port of a new VIP. It is down, as it is nobody's to plug.
   *
   * @param vip the input of the create
   */
  static Resource create(Session session, Resource vip, String id) {
    Resource subnet = session.row(Subnets.TYPE, vip.get(Vips.SUBNET_ID));
    String network = subnet.get(Subnets.NETWORK_ID);
    Map<String, Object> address = new LinkedHashMap<>();
    address.put("subnet_id", subnet.id());
    String wanted = vip.find(Vips.ADDRESS);
    if (wanted != null) {
      if (wanted.equals(subnet.raw(Subnets.GATEWAY_IP))) {
        throw BalancingErrors.addressInUse(network, wanted);
      }
      address.put("ip_address", wanted);
    }
    Session elevated = session.elevated();
    return elevated.create(
        Ports.TYPE,
        elevated
            .draft(Ports.TYPE)
            .set(Standard.PROJECT_ID, vip.projectId())
            .set(Standard.NAME, "vip-" + id)
            .set(Ports.NETWORK_ID, network)
            .set(Standard.ADMIN_STATE_UP, false)
            .set(Ports.DEVICE_ID, "")
            .set(Ports.DEVICE_OWNER, OWNER)
            .set(Ports.FIXED_IPS, List.of(address))
            .build());
  }

  /** The address that the port got. */
  static String address(Resource port) {
    return FixedIp.ofRaw(port.get(Ports.FIXED_IPS, List.of())).getFirst().address().toString();
  }

  static void delete(Session session, Resource vip) {
    Session elevated = session.elevated();
    String port = vip.find(Vips.PORT_ID);
    if (port != null) {
      elevated.find(Ports.TYPE, port).ifPresent(elevated::delete);
    }
  }

  @Override
  public Set<ResourceType> types() {
    return Set.of(Ports.TYPE);
  }

  @Override
  public void updated(Session session, Resource before, Resource after) {
    if (after.differs(before, Ports.FIXED_IPS) && isOfVip(session, before)) {
      throw BalancingErrors.portMoves(after.id());
    }
  }

  @Override
  public void deleting(Session session, Resource port) {
    if (isOfVip(session, port)) {
      throw BalancingErrors.portInUse(port.id());
    }
  }

  private static boolean isOfVip(Session session, Resource port) {
    return port.get(Ports.DEVICE_OWNER, "").equals(OWNER)
        && session.tables().exists(Vips.TYPE, Tables.text(Vips.PORT_ID).eq(port.id()));
  }
}
