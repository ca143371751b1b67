package org.midonet.topology;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.packets.Cidr;

/** A prefix that a router announces by BGP. Immutable, safe to share. */
@RecordBuilder
public record BgpNetwork(UUID id, @Nullable UUID routerId, Cidr subnet)
    implements TopologyObject, BgpNetworkBuilder.With {
  @Override
  public ObjectType<BgpNetwork> type() {
    return ObjectType.BGP_NETWORK;
  }
}
