package org.midonet.agent.datapath.memory;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.midonet.packets.Ipv4Address;

/** What joins hosts for tunnels. Safe to share between threads. */
public final class MemoryUnderlay {
  private final Map<Ipv4Address, MemoryDatapath> hosts = new ConcurrentHashMap<>();

  void join(Ipv4Address address, MemoryDatapath host) {
    hosts.put(address, host);
  }

  void leave(Ipv4Address address, MemoryDatapath host) {
    hosts.remove(address, host);
  }

  /** Brings a frame to a host; to an address without one it is lost. */
  void carry(Ipv4Address from, Ipv4Address to, int key, byte[] frame) {
    MemoryDatapath host = hosts.get(to);
    if (host != null) {
      host.fromPeer(from, key, frame);
    }
  }
}
