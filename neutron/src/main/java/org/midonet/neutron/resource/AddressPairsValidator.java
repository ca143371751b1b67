package org.midonet.neutron.resource;

import static org.midonet.neutron.resource.PythonFormat.str;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.error.NeutronException;

/**
 * The rule for a port's allowed address pairs. Immutable, safe to share.
 *
 * @param max the most pairs a port may have, the option {@code max_allowed_address_pair}
 */
public record AddressPairsValidator(int max) implements Validator {
  private static final Set<String> KEYS = Set.of("mac_address", "ip_address");

  @Override
  public @Nullable String validate(@Nullable Object value) {
    if (!(value instanceof List<?> pairs)) {
      throw NeutronException.badRequest("Allowed address pairs must be a list.");
    }
    if (pairs.size() > max) {
      throw new NeutronException(
          400,
          "AllowedAddressPairExhausted",
          "The number of allowed address pair exceeds the maximum " + max + ".");
    }
    Set<Object> seen = new HashSet<>();
    for (Object item : pairs) {
      if (!(item instanceof Map<?, ?> pair)) {
        return "'" + str(item) + "' is not a dictionary";
      }
      check(pair, seen);
    }
    return null;
  }

  private static void check(Map<?, ?> pair, Set<Object> seen) {
    Object mac = pair.get("mac_address");
    if (pair.containsKey("mac_address")) {
      refuse(AddressValidators.macAddress(mac));
    }
    if (!pair.containsKey("ip_address")) {
      throw new NeutronException(
          400, "AllowedAddressPairsMissingIP", "AllowedAddressPair must contain ip_address");
    }
    Object address = pair.get("ip_address");
    if (!seen.add(List.of(PythonValues.normal(mac), PythonValues.normal(address)))) {
      throw new NeutronException(
          400,
          "DuplicateAddressPairInRequest",
          "Request contains duplicate address pair: mac_address "
              + str(mac)
              + " ip_address "
              + str(address)
              + ".");
    }
    List<String> unknown = new ArrayList<>();
    pair.keySet().stream()
        .map(String::valueOf)
        .filter(key -> !KEYS.contains(key))
        .forEach(unknown::add);
    if (!unknown.isEmpty()) {
      throw NeutronException.badRequest(
          "Unrecognized attribute(s) '" + String.join(", ", unknown) + "'");
    }
    boolean prefix = address instanceof String s && s.indexOf('/') >= 0;
    refuse(prefix ? AddressValidators.subnet(address) : AddressValidators.ipAddress(address));
  }

  private static void refuse(@Nullable String reason) {
    if (reason != null) {
      throw NeutronException.badRequest(reason);
    }
  }
}
