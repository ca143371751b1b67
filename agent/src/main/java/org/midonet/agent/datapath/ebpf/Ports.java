package org.midonet.agent.datapath.ebpf;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.midonet.agent.datapath.DatapathConfig;
import org.midonet.agent.datapath.DatapathException;
import org.midonet.agent.flow.Input;
import org.midonet.agent.linux.Link;
import org.midonet.agent.linux.LinuxException;

/**
 * The devices that are in the datapath, struct device and struct port. Not safe to share: the
 * datapath holds its lock.
 */
final class Ports {
  static final int MAX = Input.Port.MAX + 1;
  static final int SIZE = 32;

  private static final int DEVICE_PORT = 1;
  private static final int DEVICE_TUNNEL = 2;
  private static final int DEVICE_AGENT = 3;
  private static final int OVERLAY = 0;

  /** Peers share the overlay's part of the misses. */
  private static final int OVERLAY_SHARE = 4;

  private final BpfMap devices;
  private final BpfMap ports;
  private final Attachments attachments;
  private final DatapathConfig config;
  private final Map<Integer, Link> byNumber = new TreeMap<>();
  private int lastNumber;

  Ports(BpfMap devices, BpfMap ports, Attachments attachments, DatapathConfig config) {
    this.devices = devices;
    this.ports = ports;
    this.attachments = attachments;
    this.config = config;
  }

  /**
   * Takes over what a process before this one attached, and lets go of what has left the host, or
   * is of a process with other layouts.
   *
   * @param present the host's devices by index
   */
  void adopt(Map<Integer, Link> present) {
    Map<Integer, Integer> numbers = new HashMap<>();
    Set<Integer> known = new HashSet<>();
    devices.forEach((key, value) -> {
      known.add(key.get(JAVA_INT, 0));
      if (value.get(JAVA_INT, 0) == DEVICE_PORT) {
        numbers.put(key.get(JAVA_INT, 0), value.get(JAVA_INT, 4));
      }
    });
    Set<Integer> attached = attachments.devices();
    numbers.forEach((ifindex, number) -> {
      lastNumber = Math.max(lastNumber, number);
      Link link = present.get(ifindex);
      if (link == null || !attached.contains(ifindex)) {
        forget(ifindex, number);
      } else {
        byNumber.put(number, link);
        writePort(number, link, config.missesPerSecond());
        attachments.attach(ifindex);
      }
    });
    for (int ifindex : attached) {
      if (!known.contains(ifindex) || !present.containsKey(ifindex)) {
        attachments.detach(ifindex);
      }
    }
  }

  int attach(Link link) {
    for (Map.Entry<Integer, Link> entry : byNumber.entrySet()) {
      if (entry.getValue().index() == link.index()) {
        return entry.getKey();
      }
    }
    int number = freeNumber();
    writePort(number, link, config.missesPerSecond());
    writeDevice(link.index(), DEVICE_PORT, number);
    try {
      attachments.attach(link.index());
    } catch (LinuxException e) {
      forget(link.index(), number);
      throw new DatapathException("cannot attach " + link.name(), e);
    }
    byNumber.put(number, link);
    return number;
  }

  void attachOverlay(Link link) {
    writePort(OVERLAY, link, config.missesPerSecond() * OVERLAY_SHARE);
    writeDevice(link.index(), DEVICE_TUNNEL, OVERLAY);
    attachments.attach(link.index());
  }

  /** The device by which the agent sends packets in. */
  void attachAgent(Link link) {
    writeDevice(link.index(), DEVICE_AGENT, 0);
    attachments.attach(link.index());
  }

  void detach(int number) {
    Link link = byNumber.remove(number);
    if (link != null) {
      attachments.detach(link.index());
      forget(link.index(), number);
    }
  }

  Map<Integer, String> names() {
    Map<Integer, String> names = new TreeMap<>();
    byNumber.forEach((number, link) -> names.put(number, link.name()));
    return names;
  }

  private int freeNumber() {
    for (int tries = 0; tries < Input.Port.MAX; tries++) {
      lastNumber = lastNumber >= Input.Port.MAX ? 1 : lastNumber + 1;
      if (!byNumber.containsKey(lastNumber)) {
        return lastNumber;
      }
    }
    throw new DatapathException("all " + Input.Port.MAX + " ports are in use");
  }

  private void writeDevice(int ifindex, int kind, int number) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment value = arena.allocate(8, 8);
      value.set(JAVA_INT, 0, kind);
      value.set(JAVA_INT, 4, number);
      devices.update(ifindex, value);
    }
  }

  /** A veth pair into another namespace can be crossed at once; a tap device cannot. */
  private void writePort(int number, Link link, int missesPerSecond) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment value = arena.allocate(SIZE, 8);
      value.set(JAVA_INT, 0, link.index());
      value.set(JAVA_INT, 4, link.kind().equals("veth") && link.foreignPeer() ? 1 : 0);
      if (missesPerSecond > 0) {
        long cost = 1_000_000_000L / missesPerSecond;
        value.set(JAVA_LONG, 8, cost);
        value.set(JAVA_LONG, 16, cost * config.missBurst());
      }
      ports.update(number, value);
    }
  }

  private void forget(int ifindex, int number) {
    devices.delete(ifindex);
    try (Arena arena = Arena.ofConfined()) {
      ports.update(number, arena.allocate(SIZE, 8));
    }
  }
}
