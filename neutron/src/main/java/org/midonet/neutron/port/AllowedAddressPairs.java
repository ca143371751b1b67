package org.midonet.neutron.port;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.midonet.neutron.error.NeutronException;
import org.midonet.neutron.extension.Extension;
import org.midonet.neutron.resource.AddressPairsValidator;
import org.midonet.neutron.resource.Attribute;
import org.midonet.neutron.resource.Converters;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.resource.ValueType;
import org.midonet.neutron.service.Hook;
import org.midonet.neutron.service.Session;
import org.midonet.packets.Mac;

/**
 * Extension {@code allowed-address-pairs}: further addresses that a port may send from. Stateless.
 */
public final class AllowedAddressPairs implements Hook {
  /** The pairs: mac_address and ip_address (an address or a prefix) each. */
  public static final Attribute<List<Map<String, Object>>> PAIRS =
      Attribute.of("allowed_address_pairs", ValueType.OBJECTS)
          .onCreate(Resource.UNSET)
          .onUpdate()
          .unwritten(List.of())
          .validate(new AddressPairsValidator(Integer.MAX_VALUE))
          .convert(Converters::noneToEmptyList)
          .enforcePolicy()
          .build();

  static final Extension EXTENSION =
      Extension.of("allowed-address-pairs").adding(Ports.TYPE, PAIRS);

  private final int most;

  /** Allows that many pairs on one port ([DEFAULT] max_allowed_address_pair). */
  AllowedAddressPairs(int most) {
    this.most = most;
  }

  @Override
  public Set<ResourceType> types() {
    return Set.of(Ports.TYPE);
  }

  @Override
  public Resource creating(Session session, Resource input) {
    List<Map<String, Object>> pairs = input.get(PAIRS, List.of());
    if (!pairs.isEmpty() && !PortSecurity.enabled(input)) {
      throw needsPortSecurity();
    }
    return input.with(PAIRS, settled(pairs, input));
  }

  @Override
  public Resource updating(Session session, Resource current, Resource changes) {
    Resource merged = current.merge(changes);
    if (!PortSecurity.enabled(merged) && !merged.get(PAIRS, List.of()).isEmpty()) {
      throw needsPortSecurity();
    }
    return changes.has(PAIRS)
        ? changes.with(PAIRS, settled(changes.get(PAIRS, List.of()), merged))
        : changes;
  }

  /** A pair without a link-layer address gets the port's. */
  private List<Map<String, Object>> settled(List<Map<String, Object>> pairs, Resource port) {
    if (pairs.size() > most) {
      throw new NeutronException(
          400,
          "AllowedAddressPairExhausted",
          "The number of allowed address pair exceeds the maximum " + most + ".");
    }
    List<Map<String, Object>> settled = new ArrayList<>();
    Set<Map<String, Object>> seen = new HashSet<>();
    for (Map<String, Object> pair : pairs) {
      Object mac = pair.get("mac_address");
      Map<String, Object> full = new LinkedHashMap<>();
      full.put(
          "mac_address",
          mac == null
              ? port.get(Ports.MAC_ADDRESS).toString()
              : Mac.parse((String) mac).toString());
      full.put("ip_address", pair.get("ip_address"));
      if (!seen.add(full)) {
        throw new NeutronException(
            400,
            "DuplicateAddressPairInRequest",
            "Request contains duplicate address pair: mac_address %s ip_address %s."
                .formatted(full.get("mac_address"), full.get("ip_address")));
      }
      settled.add(full);
    }
    return settled;
  }

  private static NeutronException needsPortSecurity() {
    return NeutronException.conflict(
        "AddressPairAndPortSecurityRequired",
        "Port Security must be enabled in order to have allowed address pairs on a port.");
  }
}
