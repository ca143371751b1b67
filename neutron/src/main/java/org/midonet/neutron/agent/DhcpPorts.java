package org.midonet.neutron.agent;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.midonet.neutron.port.Ports;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.service.Session;
import org.midonet.neutron.service.Tables;

/** The ports by which DHCP agents are on the networks they serve; stateless. */
final class DhcpPorts {
  /** The {@code device_owner} of these ports. */
  static final String OWNER = "network:dhcp";

  /** The {@code device_id} of a port that waits for another agent to take it over. */
  static final String RESERVED = "reserved_dhcp_port";

  // RFC 4122, appendix C: the name space of domain names.
  private static final byte[] DNS_NAMESPACE =
      HexFormat.of().parseHex("6ba7b8109dad11d180b400c04fd430c8");

  private DhcpPorts() {}

  /** Returns the {@code device_id} that the agent on a host gives its port on a network. */
  static String deviceId(String host, String networkId) {
    String name = host.split("\\.", -1)[0];
    return "dhcp" + nameUuid(name) + "-" + networkId;
  }

  /** Returns the UUID of version 5 (RFC 4122, section 4.3) of a domain name. */
  private static UUID nameUuid(String name) {
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      sha1.update(DNS_NAMESPACE);
      ByteBuffer hash = ByteBuffer.wrap(sha1.digest(name.getBytes(StandardCharsets.UTF_8)));
      long high = (hash.getLong() & ~0xF000L) | 0x5000L;
      long low = (hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
      return new UUID(high, low);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-1", e);
    }
  }

  /** Lists the ports of a device on a network. */
  static List<Resource> of(Session session, String networkId, String deviceId) {
    return session.list(
        Ports.TYPE,
        Tables.text(Ports.NETWORK_ID).eq(networkId).and(Tables.text(Ports.DEVICE_ID).eq(deviceId)));
  }

  /**
   * Takes a network from an agent; its port is kept for the next agent, which then answers at the
   * same address.
   */
  static void unschedule(Session session, Resource agent, String networkId) {
    if (!AgentBindings.DHCP.remove(session, networkId, agent.id())) {
      throw AgentErrors.networkNotHosted(networkId, agent.id());
    }
    for (Resource port : of(session, networkId, deviceId(agent.get(Agents.HOST), networkId))) {
      Resource reserved = session.changes(Ports.TYPE).set(Ports.DEVICE_ID, RESERVED).build();
      session.elevated().update(port, reserved);
    }
  }
}
