package org.midonet.neutron.rpc;

import org.jspecify.annotations.Nullable;

/**
 * Whom a message is for; immutable and safe to share between threads.
 *
 * @param topic the service, for example {@code dhcp_agent}
 * @param server the one host that shall have it, or null for any server of the topic
 * @param fanout whether every server of the topic gets a copy
 * @param version the version of the interface the method belongs to
 */
public record RpcTarget(String topic, @Nullable String server, boolean fanout, String version) {

  /** Any one server of the topic. */
  public static RpcTarget topic(String topic, String version) {
    return new RpcTarget(topic, null, false, version);
  }

  /** The server of the topic on that host. */
  public static RpcTarget host(String topic, String host, String version) {
    return new RpcTarget(topic, host, false, version);
  }

  /** Every server of the topic. */
  public static RpcTarget everyone(String topic, String version) {
    return new RpcTarget(topic, null, true, version);
  }

  String routingKey() {
    return server == null ? topic : topic + "." + server;
  }
}
