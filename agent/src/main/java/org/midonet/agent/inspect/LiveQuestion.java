package org.midonet.agent.inspect;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.agent.flow.FlowKey;
import org.midonet.agent.trace.Question.Protocol;
import org.midonet.packets.IpAddress;
import org.midonet.packets.IpProtocol;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which real packets are to be followed, and how long. Immutable, safe to share.
 *
 * @param from the port by which they enter, null for any
 * @param to their destination as the sender has it, null for any
 * @param protocol null for any
 * @param port of TCP and UDP, to which they go; 0 for any
 * @param everyRule whether rules that are not met are told too
 * @param json whether to tell it to a program
 * @param packets how many, at most {@link #MOST_PACKETS}
 * @param seconds how long, at most {@link #MOST_SECONDS}
 */
public record LiveQuestion(
    @Nullable UUID from,
    @Nullable IpAddress to,
    @Nullable Protocol protocol,
    int port,
    boolean everyRule,
    boolean json,
    int packets,
    int seconds) {
  public static final int MOST_PACKETS = 10_000;
  public static final int MOST_SECONDS = 3600;

  /**
   * @throws IllegalArgumentException if it is too much; the message says so
   */
  public LiveQuestion {
    if (from == null && to == null) {
      throw new IllegalArgumentException(
          "say which packets: --from PORT, --to ADDRESS or both; all of them are too many");
    }
    if (packets < 1 || packets > MOST_PACKETS) {
      throw new IllegalArgumentException("follow 1 to " + MOST_PACKETS + " packets");
    }
    if (seconds < 1 || seconds > MOST_SECONDS) {
      throw new IllegalArgumentException("follow them for 1 to " + MOST_SECONDS + " seconds");
    }
  }

  /** As the socket carries it. */
  public String toJson() {
    ObjectNode node = JsonMapper.shared().createObjectNode();
    if (from != null) {
      node.put("from", from.toString());
    }
    if (to != null) {
      node.put("to", to.toString());
    }
    if (protocol != null) {
      node.put("protocol", protocol.name());
    }
    return node.put("port", port)
        .put("everyRule", everyRule)
        .put("json", json)
        .put("packets", packets)
        .put("seconds", seconds)
        .toString();
  }

  /**
   * Reads it.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static LiveQuestion parse(String text) {
    try {
      JsonNode node = JsonMapper.shared().readTree(text);
      return new LiveQuestion(
          node.has("from") ? UUID.fromString(node.path("from").asString("")) : null,
          node.has("to") ? IpAddress.parse(node.path("to").asString("")) : null,
          node.has("protocol") ? Protocol.valueOf(node.path("protocol").asString("")) : null,
          node.path("port").asInt(0),
          node.path("everyRule").asBoolean(false),
          node.path("json").asBoolean(false),
          node.path("packets").asInt(10),
          node.path("seconds").asInt(60));
    } catch (JacksonException e) {
      throw new IllegalArgumentException("this is no JSON: " + e.getOriginalMessage(), e);
    }
  }

  boolean matches(UUID entered, FlowKey key) {
    return (from == null || from.equals(entered))
        && (to == null || to.equals(key.ipDestination()))
        && (protocol == null || isOf(protocol, key.protocol()))
        && (port == 0 || isAnyPort(key) || port == key.destinationPort());
  }

  /** Of a template's key. */
  private static boolean isAnyPort(FlowKey key) {
    return key.destinationPort() == 0
        && (isOf(Protocol.TCP, key.protocol()) || isOf(Protocol.UDP, key.protocol()));
  }

  private static boolean isOf(Protocol wanted, int number) {
    return switch (wanted) {
      case ICMP -> number == IpProtocol.ICMP.number() || number == IpProtocol.ICMPV6.number();
      case TCP -> number == IpProtocol.TCP.number();
      case UDP -> number == IpProtocol.UDP.number();
    };
  }
}
