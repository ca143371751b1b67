package org.midonet.neutron.metering;

import org.midonet.neutron.error.NeutronException;

/** Refusals about metering, in Neutron's words; stateless. */
final class MeteringErrors {
  private MeteringErrors() {}

  /** Neutron says 500 where it says this; it is the request that is at fault. */
  static NeutronException invalid(String message) {
    return new NeutronException(400, "Invalid", message);
  }

  static NeutronException overlaps(String prefix) {
    return NeutronException.conflict(
        "MeteringLabelRuleOverlaps",
        "Metering label rule with remote_ip_prefix '" + prefix + "' overlaps another.");
  }
}
