package org.midonet.topology;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.packets.IpAddress;
import org.midonet.packets.Mac;

/**
 * A fixed assignment of an address to a MAC in a {@link Dhcp} subnet. Immutable, safe to share.
 *
 * <p>MidoNet keeps these in a list inside the subnet; here each is an object, so that a subnet of
 * ten thousand hosts is not rewritten for each of them. {@link Ids#dhcpHost} gives its id.
 */
@RecordBuilder
public record DhcpHost(
    UUID id,
    @Nullable UUID dhcpId,
    Mac mac,
    IpAddress address,
    @Nullable String name,
    List<DhcpOption> extraOptions)
    implements TopologyObject, DhcpHostBuilder.With {
  public DhcpHost {
    extraOptions = Values.list(extraOptions);
  }

  @Override
  public ObjectType<DhcpHost> type() {
    return ObjectType.DHCP_HOST;
  }
}
