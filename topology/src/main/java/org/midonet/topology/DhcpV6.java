package org.midonet.topology;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.packets.Cidr;

/** An IPv6 subnet of a bridge. Immutable, safe to share. */
@RecordBuilder
public record DhcpV6(UUID id, @Nullable UUID bridgeId, Cidr subnet, List<DhcpV6Host> hosts)
    implements TopologyObject, DhcpV6Builder.With {
  public DhcpV6 {
    hosts = Values.list(hosts);
  }

  @Override
  public ObjectType<DhcpV6> type() {
    return ObjectType.DHCP_V6;
  }
}
