package org.midonet.neutron.subnet;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.error.NeutronException;
import org.midonet.neutron.resource.Validator;
import org.midonet.neutron.resource.Validators;
import org.midonet.packets.Cidr;

/** Checks of values that only subnets have; stateless. */
final class SubnetValidators {
  /** The pool that stands for a prefix delegated by the provider. */
  static final String PREFIX_DELEGATION = "prefix_delegation";

  private static final Set<Object> MODES = Set.of("dhcpv6-stateful", "dhcpv6-stateless", "slaac");
  private static final List<String> OWNER_PREFIXES = List.of("network:", "neutron:", "compute:");

  private SubnetValidators() {}

  /** slaac, dhcpv6-stateful or dhcpv6-stateless. */
  static Validator ipv6Mode() {
    return raw ->
        raw != null && MODES.contains(raw) ? null : python(raw) + " is not in valid_values";
  }

  /** 4 or 6. */
  static Validator ipVersion() {
    return raw ->
        Long.valueOf(4).equals(raw) || Long.valueOf(6).equals(raw)
            ? null
            : python(raw) + " is not in valid_values";
  }

  /** A UUID, {@code prefix_delegation} or null. */
  static Validator subnetPoolId() {
    return raw ->
        raw == null || PREFIX_DELEGATION.equals(raw) ? null : Validators.uuid(raw);
  }

  /** Device owners. */
  static Validator serviceTypes() {
    return raw -> {
      if (raw == null || raw.equals(List.of())) {
        return null;
      }
      if (!(raw instanceof List<?> types)) {
        throw NeutronException.badRequest("Subnet service types must be a list.");
      }
      types.forEach(SubnetValidators::checkServiceType);
      return null;
    };
  }

  private static void checkServiceType(@Nullable Object type) {
    if (!(type instanceof String text)) {
      throw new NeutronException(
          400,
          "InvalidInputSubnetServiceType",
          "Subnet service type " + python(type) + " is not a string.");
    }
    if (OWNER_PREFIXES.stream().noneMatch(text::startsWith)) {
      throw new NeutronException(
          400,
          "InvalidSubnetServiceType",
          "Subnet service type " + text + " does not correspond to a valid device owner.");
    }
  }

  /** A prefix in canonical text; host bits are dropped. */
  static @Nullable Object canonicalCidr(@Nullable Object raw) {
    if (raw instanceof String text) {
      Cidr cidr = Cidr.tryParse(text).orElse(null);
      if (cidr != null) {
        return cidr.toString();
      }
    }
    throw NeutronException.invalidInput(python(raw) + " is not in a CIDR format");
  }

  private static String python(@Nullable Object raw) {
    return raw == null ? "None" : String.valueOf(raw);
  }
}
