package org.midonet.app.rehearsal;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.midonet.agent.datapath.DatapathConfig;
import org.midonet.agent.datapath.memory.MemoryDatapath;
import org.midonet.agent.datapath.memory.MemoryDevice;
import org.midonet.agent.datapath.memory.MemoryUnderlay;
import org.midonet.agent.forward.Forwarding;
import org.midonet.agent.state.NatBlocks;
import org.midonet.packets.Ipv4Address;

/**
 * Packets of all kinds that come up most, decided as in earnest but without a kernel, often enough
 * that the Java machine knows which code is worth compiling; used by one thread.
 */
public final class PacketRehearsal {
  private static final int CONNECTIONS = 4000;
  private static final int TALKS = 400;

  /** So many packets are under way at most. */
  private static final int WINDOW = 1000;

  private static final long PATIENCE = Duration.ofSeconds(30).toNanos();
  private static final long PAUSE = Duration.ofMillis(1).toNanos();
  private static final Ipv4Address ADDRESS = Ipv4Address.parse("192.0.2.1");

  private final SmallCloud cloud = new SmallCloud();
  private final MemoryDatapath datapath =
      new MemoryDatapath(
          new DatapathConfig("warm-up", 1 << 17, 1 << 20, 0, 0, Optional.empty()),
          ADDRESS,
          new MemoryUnderlay());
  private final Map<UUID, MemoryDevice> devices =
      cloud.ports().stream()
          .collect(
              Collectors.toMap(
                  Function.identity(), port -> datapath.plug(SmallCloud.device(port))));
  private final Path stateFile;
  private long sent;

  /**
   * @param stateFile where the connections may be kept
   */
  public PacketRehearsal(Path stateFile) {
    this.stateFile = stateFile;
  }

  /**
   * Sends them all.
   *
   * @throws IllegalStateException when they are not decided within half a minute
   */
  public void run() {
    Forwarding.Settings settings =
        new Forwarding.Settings(1 << 17, 1500, 1550, "", NatBlocks.alone(), stateFile, null);
    try (Forwarding forwarding =
        Forwarding.start(cloud.nsdb(), SmallCloud.HOST, datapath, settings)) {
      cloud.ports().forEach(port -> forwarding.attach(port, SmallCloud.device(port), 1500));
      for (int i = 0; i < CONNECTIONS; i++) {
        for (Way way : Way.values()) {
          send(forwarding, cloud.entry(way), cloud.first(way, i));
        }
        if (i < TALKS) {
          cloud.talk(i).forEach(frame -> send(forwarding, cloud.talker(), frame));
        }
      }
      await(forwarding);
    } finally {
      datapath.close();
    }
  }

  private void send(Forwarding forwarding, UUID port, byte[] frame) {
    MemoryDevice device = devices.get(port);
    if (device == null) {
      throw new IllegalArgumentException("no machine has port " + port);
    }
    device.send(frame);
    if (++sent % WINDOW == 0) {
      await(forwarding);
      retireTemplates();
      devices.values().forEach(PacketRehearsal::drain);
    }
  }

  /** Deciding is rehearsed: what begins by itself is not. */
  private void retireTemplates() {
    for (int slot = 1; slot <= datapath.templates().slots(); slot++) {
      datapath.templates().retire(slot);
    }
  }

  private static void drain(MemoryDevice device) {
    while (device.receive() != null) {
      // nobody is there to read it
    }
  }

  /** Waits until all packets are decided. */
  private void await(Forwarding forwarding) {
    long begun = System.nanoTime();
    while (decided(forwarding) + datapath.counters().begun() < sent) {
      if (System.nanoTime() - begun > PATIENCE) {
        throw new IllegalStateException("packets are not decided");
      }
      LockSupport.parkNanos(PAUSE);
    }
  }

  private static long decided(Forwarding forwarding) {
    return forwarding.statistics().decisions().kinds().values().stream()
        .mapToLong(Long::longValue)
        .sum();
  }
}
