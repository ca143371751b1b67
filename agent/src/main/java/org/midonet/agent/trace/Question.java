package org.midonet.agent.trace;

import java.util.UUID;
import org.midonet.packets.IpAddress;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Which packet is asked about. Immutable, safe to share.
 *
 * @param from the port of the machine that sends it
 * @param to its destination
 * @param port of TCP and UDP; 0 for an ICMP echo
 * @param everyRule whether rules that are not met are told too
 */
public record Question(UUID from, IpAddress to, Protocol protocol, int port, boolean everyRule) {

  /** What kind of packet. */
  public enum Protocol {
    ICMP,
    TCP,
    UDP
  }

  /** As the socket carries it. */
  public String toJson() {
    return JsonMapper.shared()
        .createObjectNode()
        .put("from", from.toString())
        .put("to", to.toString())
        .put("protocol", protocol.name())
        .put("port", port)
        .put("everyRule", everyRule)
        .toString();
  }

  /**
   * Reads it.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static Question parse(String json) {
    try {
      JsonNode node = JsonMapper.shared().readTree(json);
      return new Question(
          UUID.fromString(node.path("from").asString("")),
          IpAddress.parse(node.path("to").asString("")),
          Protocol.valueOf(node.path("protocol").asString("")),
          node.path("port").asInt(0),
          node.path("everyRule").asBoolean(false));
    } catch (JacksonException e) {
      throw new IllegalArgumentException("this is no JSON: " + e.getOriginalMessage(), e);
    }
  }
}
