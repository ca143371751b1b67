package org.midonet.topology;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.packets.Ipv4Address;

/** A hardware VTEP. Immutable, safe to share. */
@RecordBuilder
public record Vtep(
    UUID id,
    @Nullable String name,
    @Nullable String description,
    Ipv4Address managementIp,
    int managementPort,
    @Nullable UUID tunnelZoneId,
    List<Ipv4Address> tunnelIps,
    List<VtepBinding> bindings)
    implements TopologyObject, VtepBuilder.With {
  public Vtep {
    tunnelIps = Values.list(tunnelIps);
    bindings = Values.list(bindings);
  }

  @Override
  public ObjectType<Vtep> type() {
    return ObjectType.VTEP;
  }
}
