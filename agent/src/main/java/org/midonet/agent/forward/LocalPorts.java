package org.midonet.agent.forward;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Which ports of the topology are attached to this host's datapath. Safe to share. */
final class LocalPorts {
  private final Map<UUID, Attached> byId = new ConcurrentHashMap<>();
  private final Map<Integer, UUID> byNumber = new ConcurrentHashMap<>();

  /**
   * A port that is attached.
   *
   * @param number the datapath's
   * @param mtu octets of IP that its device takes
   */
  record Attached(UUID id, int number, int mtu) {}

  void put(Attached port) {
    byId.put(port.id(), port);
    byNumber.put(port.number(), port.id());
  }

  void remove(UUID id) {
    Attached gone = byId.remove(id);
    if (gone != null) {
      byNumber.remove(gone.number(), id);
    }
  }

  @Nullable Attached find(UUID id) {
    return byId.get(id);
  }

  @Nullable UUID idOf(int number) {
    return byNumber.get(number);
  }

  int size() {
    return byId.size();
  }

  Iterable<UUID> ids() {
    return byId.keySet();
  }
}
