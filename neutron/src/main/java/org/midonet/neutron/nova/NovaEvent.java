package org.midonet.neutron.nova;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One external event of a server (Compute API, "Run Events"); immutable and safe to share between
 * threads.
 *
 * @param name what happened
 * @param server the server's UUID
 * @param status {@code completed} or {@code failed}, null where the name says it all
 * @param port the port it happened to
 */
public record NovaEvent(String name, String server, @Nullable String status, String port) {
  private static final Pattern UUID =
      Pattern.compile("[0-9a-fA-F]{8}-?([0-9a-fA-F]{4}-?){3}[0-9a-fA-F]{12}");
  private static final Set<String> UNPLUGGED = Set.of("DOWN", "BUILD", "");

  /** What Nova needs to know of a port. */
  public record Port(String id, String deviceId, String deviceOwner, String status) {
    boolean isCompute() {
      return deviceOwner.startsWith("compute:") && UUID.matcher(deviceId).matches();
    }
  }

  /** Returns the event of a status that became another, or null if Nova need not know. */
  public static @Nullable NovaEvent statusChanged(@Nullable Port before, Port after) {
    String previous = before == null ? "" : before.status();
    if (!after.isCompute()) {
      return null;
    }
    boolean wasUnplugged = UNPLUGGED.contains(previous);
    return switch (after.status()) {
      case "DOWN" ->
          previous.equals("ACTIVE") ? of("network-vif-unplugged", "completed", after) : null;
      case "ACTIVE" -> wasUnplugged ? of("network-vif-plugged", "completed", after) : null;
      case "ERROR" -> wasUnplugged ? of("network-vif-plugged", "failed", after) : null;
      default -> null;
    };
  }

  /** Returns the event that addresses of a port changed, or null if it is no server's. */
  public static @Nullable NovaEvent changed(Port port) {
    return port.isCompute() ? of("network-changed", null, port) : null;
  }

  /** Returns the event that a port is gone, or null if it was no server's. */
  public static @Nullable NovaEvent deleted(Port port) {
    return port.isCompute() ? of("network-vif-deleted", null, port) : null;
  }

  private static NovaEvent of(String name, @Nullable String status, Port port) {
    return new NovaEvent(name, port.deviceId(), status, port.id());
  }

  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("server_uuid", server);
    map.put("name", name);
    if (status != null) {
      map.put("status", status);
    }
    map.put("tag", port);
    return map;
  }
}
