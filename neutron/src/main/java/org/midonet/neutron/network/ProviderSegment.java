package org.midonet.neutron.network;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.error.NeutronException;
import org.midonet.neutron.resource.Resource;

/**
 * Where a request places a network: its provider attributes, or the only one of its segments;
 * immutable.
 *
 * @param id the VLAN or tunnel number, null for any
 */
public record ProviderSegment(
    @Nullable String type, @Nullable String physicalNetwork, @Nullable Long id) {

  /** What a request says of it; nothing if it says nothing. */
  public static Optional<ProviderSegment> asked(Resource values) {
    List<Map<String, Object>> segments = values.get(Networks.SEGMENTS, List.of());
    ProviderSegment given =
        new ProviderSegment(
            values.find(Networks.NETWORK_TYPE),
            values.find(Networks.PHYSICAL_NETWORK),
            values.find(Networks.SEGMENTATION_ID));
    boolean isGiven = given.type != null || given.physicalNetwork != null || given.id != null;
    if (segments.isEmpty()) {
      return isGiven ? Optional.of(given) : Optional.empty();
    }
    if (isGiven) {
      throw new NeutronException(
          400,
          "SegmentsSetInConjunctionWithProviders",
          "Segments and provider values cannot both be set.");
    }
    if (segments.size() > 1) {
      throw NeutronException.invalidInput("a network of several segments is not supported");
    }
    return Optional.of(of(segments.getFirst()));
  }

  private static ProviderSegment of(Map<String, Object> segment) {
    Object id = segment.get(Networks.SEGMENTATION_ID.name());
    return new ProviderSegment(
        text(segment.get(Networks.NETWORK_TYPE.name())),
        text(segment.get(Networks.PHYSICAL_NETWORK.name())),
        id == null || id.equals("") ? null : (Long) Networks.number(id));
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }

  ProviderSegment withId(long other) {
    return new ProviderSegment(type, physicalNetwork, other);
  }
}
