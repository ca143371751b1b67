package org.midonet.topology;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A helper such as a BGP or IPsec daemon behind a port. Immutable, safe to share.
 *
 * @param serviceType QUAGGA, IPSEC or HAPROXY
 */
@RecordBuilder
public record ServiceContainer(
    UUID id,
    @Nullable UUID serviceGroupId,
    @Nullable UUID configurationId,
    @Nullable UUID portId,
    @Nullable String serviceType)
    implements TopologyObject, ServiceContainerBuilder.With {
  @Override
  public ObjectType<ServiceContainer> type() {
    return ObjectType.SERVICE_CONTAINER;
  }
}
