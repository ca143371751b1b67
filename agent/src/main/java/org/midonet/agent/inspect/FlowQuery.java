package org.midonet.agent.inspect;

import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.agent.flow.Action;
import org.midonet.agent.flow.Flow;
import org.midonet.packets.IpAddress;

/**
 * Which flows somebody asks for. Immutable, safe to share.
 *
 * @param port id or name of a port that they come from or go to, null for any
 * @param address that their packets have, before or after translation; null for any
 * @param limit how many at most
 */
public record FlowQuery(@Nullable String port, @Nullable IpAddress address, int limit) {

  /**
   * Reads it.
   *
   * @throws IllegalArgumentException if a value is none; the message says which
   */
  public static FlowQuery of(
      @Nullable String port, @Nullable String address, @Nullable String limit) {
    return new FlowQuery(
        port,
        address == null ? null : IpAddress.parse(address),
        limit == null ? Integer.MAX_VALUE : number(limit));
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("the limit " + text + " is no number", e);
    }
  }

  boolean matches(Flow flow, Names names) {
    return (port == null || isOf(flow, names, port)) && (address == null || has(flow, address));
  }

  private static boolean isOf(Flow flow, Names names, String wanted) {
    if (names.isCalled(names.portOf(flow.key()), wanted)) {
      return true;
    }
    return flow.actions().list().stream()
        .map(action -> target(action, names))
        .filter(Objects::nonNull)
        .anyMatch(target -> names.isCalled(target, wanted));
  }

  /** The port that an action sends to. */
  static @Nullable UUID target(Action action, Names names) {
    return switch (action) {
      case Action.Output out -> names.portOf(out.port());
      case Action.Tunnel tunnel -> names.portOfTunnel(tunnel.key());
      default -> null;
    };
  }

  private static boolean has(Flow flow, IpAddress wanted) {
    return wanted.equals(flow.key().ipSource())
        || wanted.equals(flow.key().ipDestination())
        || flow.actions().list().stream()
            .anyMatch(action ->
                action instanceof Action.SetIp(IpAddress source, IpAddress destination)
                    && (wanted.equals(source) || wanted.equals(destination)));
  }
}
