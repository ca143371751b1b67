package org.midonet.neutron.network;

import org.jspecify.annotations.Nullable;
import org.midonet.neutron.error.NeutronException;
import org.midonet.neutron.network.NetworkType.Flat;
import org.midonet.neutron.network.NetworkType.Plain;
import org.midonet.neutron.network.NetworkType.Tunnel;
import org.midonet.neutron.network.NetworkType.Vlan;

/** What each type of network allows to ask for, and what it says when that is taken; stateless. */
final class SegmentRules {
  private static final long MIN_VLAN = 1;
  private static final long MAX_VLAN = 4094;

  private SegmentRules() {}

  /** Refuses what the type does not have. */
  static void check(NetworkType type, ProviderSegment asked) {
    switch (type) {
      case Plain plain -> {
        prohibit("physical_network", isGiven(asked.physicalNetwork()), plain);
        prohibit("segmentation_id", isGiven(asked.id()), plain);
      }
      case Flat flat -> check(flat, asked);
      case Vlan vlan -> check(vlan, asked);
      case Tunnel tunnel -> {
        if (isGiven(asked.physicalNetwork())) {
          throw NeutronException.invalidInput(
              "provider:physical_network specified for " + tunnel.name() + " network");
        }
      }
    }
  }

  private static void check(Flat flat, ProviderSegment asked) {
    String network = asked.physicalNetwork();
    if (!isGiven(network)) {
      throw NeutronException.invalidInput("physical_network required for flat provider network");
    }
    if (!flat.any() && flat.physicalNetworks().isEmpty()) {
      throw NeutronException.invalidInput("Flat provider networks are disabled");
    }
    if (!flat.any() && !flat.physicalNetworks().contains(network)) {
      throw NeutronException.invalidInput(
          "physical_network '" + network + "' unknown for flat provider network");
    }
    prohibit("segmentation_id", isGiven(asked.id()), flat);
  }

  private static void check(Vlan vlan, ProviderSegment asked) {
    String network = asked.physicalNetwork();
    Long id = asked.id();
    if (!isGiven(network)) {
      if (id != null) {
        throw NeutronException.invalidInput(
            "segmentation_id requires physical_network for VLAN provider network");
      }
      return;
    }
    if (!vlan.pools().containsKey(network)) {
      throw NeutronException.invalidInput(
          "physical_network '" + network + "' unknown for VLAN provider network");
    }
    if (id != null && (id < MIN_VLAN || id > MAX_VLAN)) {
      throw NeutronException.invalidInput(
          "segmentation_id out of range (" + MIN_VLAN + " through " + MAX_VLAN + ")");
    }
  }

  private static void prohibit(String what, boolean isGiven, NetworkType type) {
    if (isGiven) {
      throw NeutronException.invalidInput(
          what + " prohibited for " + type.name() + " provider network");
    }
  }

  private static boolean isGiven(@Nullable String text) {
    return text != null && !text.isEmpty();
  }

  private static boolean isGiven(@Nullable Long id) {
    return id != null && id != 0;
  }

  /** The refusal of a segment that another network has. */
  static NeutronException inUse(ProviderSegment segment) {
    if ("vlan".equals(segment.type())) {
      return NeutronException.conflict(
          "VlanIdInUse",
          "Unable to create the network. The VLAN %s on physical network %s is in use."
              .formatted(segment.id(), segment.physicalNetwork()));
    }
    if ("flat".equals(segment.type())) {
      return NeutronException.conflict(
          "FlatNetworkInUse",
          "Unable to create the flat network. Physical network %s is in use."
              .formatted(segment.physicalNetwork()));
    }
    return NeutronException.conflict(
        "TunnelIdInUse",
        "Unable to create the network. The tunnel ID %s is in use.".formatted(segment.id()));
  }

  /** The refusal when all segments that may be given out are in use. */
  static NeutronException noneLeft() {
    return new NeutronException(
        503,
        "NoNetworkAvailable",
        "Unable to create the network. No tenant network is available for allocation.");
  }
}
