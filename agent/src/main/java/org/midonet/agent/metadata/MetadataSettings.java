package org.midonet.agent.metadata;

import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the metadata proxy works. Immutable, safe to share.
 *
 * @param listen where it listens
 * @param nova Nova's metadata service, without a path; null for none
 * @param sharedSecret with which ids are signed ({@code metadata_proxy_shared_secret} of Nova)
 * @param timeout how long Nova may take
 */
public record MetadataSettings(
    InetSocketAddress listen, @Nullable URI nova, String sharedSecret, Duration timeout) {
  @Override
  public String toString() {
    return "MetadataSettings[listen=" + listen + ", nova=" + nova + "]";
  }
}
