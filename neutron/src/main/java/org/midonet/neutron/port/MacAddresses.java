package org.midonet.neutron.port;

import java.util.Random;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.midonet.neutron.error.NeutronException;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.service.Hook;
import org.midonet.neutron.service.Session;
import org.midonet.packets.Mac;

/** Gives ports their link-layer addresses, unique in their network. Safe to share. */
final class MacAddresses implements Hook {
  private final Mac base;
  private final int attempts;

  /**
   * Makes addresses up below a base.
   *
   * @param base [DEFAULT] base_mac; its trailing zero octets are drawn at random
   * @param attempts [DEFAULT] mac_generation_retries
   */
  MacAddresses(Mac base, int attempts) {
    this.base = base;
    this.attempts = attempts;
  }

  @Override
  public Set<ResourceType> types() {
    return Set.of(Ports.TYPE);
  }

  @Override
  public Resource creating(Session session, Resource input) {
    Mac asked = input.find(Ports.MAC_ADDRESS);
    String network = input.get(Ports.NETWORK_ID);
    if (asked == null) {
      return input.with(Ports.MAC_ADDRESS, unused(session, network).toString());
    }
    refuseIfUsed(session, network, asked);
    return input.with(Ports.MAC_ADDRESS, asked.toString());
  }

  @Override
  public Resource updating(Session session, Resource current, Resource changes) {
    if (!changes.has(Ports.MAC_ADDRESS)) {
      return changes;
    }
    String network = current.get(Ports.NETWORK_ID);
    Mac asked = changes.find(Ports.MAC_ADDRESS);
    Mac wanted = asked == null ? unused(session, network) : asked;
    if (wanted.equals(current.get(Ports.MAC_ADDRESS))) {
      return changes.with(Ports.MAC_ADDRESS, wanted.toString());
    }
    refuseIfFixed(current, wanted);
    refuseIfUsed(session, network, wanted);
    return changes.with(Ports.MAC_ADDRESS, wanted.toString());
  }

  private static void refuseIfFixed(Resource port, Mac wanted) {
    String owner = port.get(Ports.DEVICE_OWNER, "");
    if (owner.startsWith("network:")) {
      throw NeutronException.conflict(
          "UnsupportedPortDeviceOwner",
          "Operation mac address update is not supported for device_owner %s on port %s."
              .formatted(owner, port.id()));
    }
    String vif = port.get(PortBindings.VIF_TYPE, "unbound");
    boolean plugged = !vif.equals("unbound") && !vif.equals("binding_failed");
    if (plugged && !port.get(PortBindings.HOST_ID, "").isEmpty()) {
      throw NeutronException.conflict(
          "PortBound",
          "Unable to complete operation on port %s, port is already bound, port type: %s, old_mac %s, new_mac %s."
              .formatted(port.id(), vif, port.get(Ports.MAC_ADDRESS), wanted));
    }
  }

  private static void refuseIfUsed(Session session, String network, Mac mac) {
    if (used(session, network, mac)) {
      throw inUse(network, mac.toString());
    }
  }

  static NeutronException inUse(String network, String mac) {
    return NeutronException.conflict(
        "MacAddressInUse",
        "Unable to complete operation for network %s. The mac address %s is in use."
            .formatted(network, mac));
  }

  private Mac unused(Session session, String network) {
    Random random = ThreadLocalRandom.current();
    for (int i = 0; i < attempts; i++) {
      Mac mac = Mac.random(base, random);
      if (!used(session, network, mac)) {
        return mac;
      }
    }
    throw new NeutronException(
        503,
        "MacAddressGenerationFailure",
        "Unable to generate unique mac on network " + network + ".");
  }

  private static boolean used(Session session, String network, Mac mac) {
    return !session
        .transaction()
        .strings(
            "select id from ports where network_id = ? and mac_address = ?",
            network,
            mac.toString())
        .isEmpty();
  }
}
