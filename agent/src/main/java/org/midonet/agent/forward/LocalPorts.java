package org.midonet.agent.forward;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.midonet.nsdb.Topology;
import org.midonet.topology.ObjectType;
import org.midonet.topology.Port;

/** Which ports of the topology are attached to this host's datapath. Safe to share. */
final class LocalPorts {
  private final Map<UUID, Attached> byId = new ConcurrentHashMap<>();
  private final Map<Integer, UUID> byNumber = new ConcurrentHashMap<>();
  private final Map<Integer, UUID> byKey = new ConcurrentHashMap<>();

  /**
   * A port that is attached.
   *
   * @param number the datapath's
   * @param mtu octets of IP that its device takes
   */
  record Attached(UUID id, int number, int mtu) {}

  void put(Attached port) {
    Attached before = byId.put(port.id(), port);
    if (before != null && before.number() != port.number()) {
      byNumber.remove(before.number(), port.id());
    }
    byNumber.put(port.number(), port.id());
  }

  /**
   * Looks up anew by which key peers send to a port. To be called when the port was attached, and
   * when the topology says anything else of it.
   *
   * @param topology asked for the present snapshot
   */
  synchronized void rekey(UUID id, Supplier<Topology> topology) {
    byKey.values().removeIf(id::equals);
    Port port = byId.containsKey(id) ? topology.get().find(ObjectType.PORT, id) : null;
    if (port != null && port.tunnelKey() != 0) {
      byKey.put((int) port.tunnelKey(), id);
    }
  }

  /** The port that peers send to by a key, null if it is not attached here. */
  @Nullable Attached findByKey(int key) {
    UUID id = byKey.get(key);
    return id == null ? null : byId.get(id);
  }

  synchronized void remove(UUID id) {
    Attached gone = byId.remove(id);
    if (gone != null) {
      byNumber.remove(gone.number(), id);
      byKey.values().removeIf(id::equals);
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
