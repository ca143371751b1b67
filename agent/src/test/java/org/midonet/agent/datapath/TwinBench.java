package org.midonet.agent.datapath;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.midonet.agent.datapath.ebpf.EbpfDatapath;
import org.midonet.agent.datapath.memory.MemoryDatapath;
import org.midonet.agent.datapath.memory.MemoryDevice;
import org.midonet.agent.datapath.memory.MemoryUnderlay;
import org.midonet.agent.linux.Links;
import org.midonet.agent.linux.NetworkNamespace;
import org.midonet.agent.linux.PacketSocket;
import org.midonet.agent.linux.VnetHeader;
import org.midonet.packets.frame.Ethernet;
import org.midonet.packets.frame.Ipv6Packet;

/** Cables into the kernel and its twin at once, {@code m0} and on. For one thread; needs root. */
final class TwinBench implements AutoCloseable {
  private static final long PATIENCE_NANOS = 2_000_000_000;

  private final NetworkNamespace host = NetworkNamespace.create();
  private final NetworkNamespace machines = NetworkNamespace.create();
  private final MemoryDatapath memory;
  private final EbpfDatapath kernel;
  private final TwinDatapath both;
  private final List<MemoryDevice> devices = new ArrayList<>();
  private final List<PacketSocket> sockets = new ArrayList<>();

  /** A frame that came out, with its checksum filled in. */
  @SuppressWarnings("ArrayRecordComponent") // compared as text
  record Received(int cable, byte[] frame) {}

  /** What became of a packet. */
  record Fate(List<Received> memory, List<Received> kernel, List<String> problems) {}

  TwinBench(int cables) {
    String name = "tw" + ProcessHandle.current().pid() % 10_000;
    DatapathConfig config = new DatapathConfig(name, 4096, 1 << 20, 0, 0, Optional.empty());
    memory = new MemoryDatapath(config, DatapathContract.FIRST, new MemoryUnderlay());
    kernel =
        host.call(() -> {
          silence();
          return EbpfDatapath.open(config);
        });
    machines.call(TwinBench::silence);
    both = new TwinDatapath(memory, kernel);
    for (int i = 0; i < cables; i++) {
      devices.add(memory.plug("m" + i));
      sockets.add(plug("m" + i, "eth" + i));
      String device = "m" + i;
      host.call(() -> both.attach(device));
    }
  }

  /** Without IPv6 the kernel sends nothing of its own on devices that are up. */
  private static boolean silence() throws IOException {
    for (String which : List.of("all", "default")) {
      Files.writeString(Path.of("/proc/sys/net/ipv6/conf", which, "disable_ipv6"), "1");
    }
    return true;
  }

  private PacketSocket plug(String near, String far) {
    host.run(() -> {
      try (Links links = new Links()) {
        links.createVeth(near, far);
        links.setUp(links.get(near).index());
        links.move(links.get(far).index(), machines);
      }
    });
    return machines.call(() -> {
      try (Links links = new Links()) {
        int index = links.get(far).index();
        links.setUp(index);
        return new PacketSocket(index, true);
      }
    });
  }

  TwinDatapath both() {
    return both;
  }

  /** Sends a packet into both, and waits for what comes of it. */
  Fate send(SmallPackets.Sent packet) {
    byte[] whole = packet.frame().toBytes();
    MemoryDevice device = devices.get(packet.cable());
    PacketSocket socket = sockets.get(packet.cable());
    OpenChecksums.Place place = OpenChecksums.of(packet.frame());
    if (packet.isChecksumOpen() && place != null) {
      VnetHeader header = header(packet, place);
      byte[] open = OpenChecksums.opened(whole, place);
      both.send(() -> device.send(whole), () -> socket.send(open, header, 0));
    } else {
      both.send(() -> device.send(whole), () -> socket.send(whole));
    }
    both.settle();
    List<Received> fromMemory = new ArrayList<>();
    List<Received> fromKernel = new ArrayList<>();
    long end = System.nanoTime() + PATIENCE_NANOS;
    do {
      receiveFromMemory(fromMemory);
      receiveFromKernel(fromKernel);
    } while (!alike(fromMemory, fromKernel) && System.nanoTime() < end);
    return new Fate(fromMemory, fromKernel, both.problems());
  }

  static List<String> text(List<Received> frames) {
    return frames.stream()
        .map(one -> one.cable + ":" + HexFormat.of().formatHex(one.frame))
        .sorted()
        .toList();
  }

  private static boolean alike(List<Received> one, List<Received> other) {
    return text(one).equals(text(other));
  }

  private static VnetHeader header(SmallPackets.Sent packet, OpenChecksums.Place place) {
    Ethernet frame = packet.frame();
    boolean tcp = place.at() - place.start() == 16;
    if (packet.segmentSize() == 0) {
      return new VnetHeader(place.start(), place.at() - place.start(), 0, 0, 0);
    }
    int type =
        !tcp
            ? VnetHeader.TYPE_UDP
            : frame.payload() instanceof Ipv6Packet ? VnetHeader.TYPE_TCP6 : VnetHeader.TYPE_TCP4;
    return new VnetHeader(
        place.start(),
        place.at() - place.start(),
        packet.segmentSize(),
        type,
        place.start() + (tcp ? 20 : 8));
  }

  private void receiveFromMemory(List<Received> all) {
    for (int i = 0; i < devices.size(); i++) {
      byte[] frame = devices.get(i).receive();
      while (frame != null) {
        all.add(new Received(i, frame));
        frame = devices.get(i).receive();
      }
    }
  }

  private void receiveFromKernel(List<Received> all) {
    for (int i = 0; i < sockets.size(); i++) {
      byte[] frame = sockets.get(i).receive(0);
      while (frame != null) {
        all.add(new Received(i, OpenChecksums.filledIn(frame)));
        frame = sockets.get(i).receive(0);
      }
    }
  }

  /** Forgets what is still under way. */
  void forget() {
    receiveFromMemory(new ArrayList<>());
    receiveFromKernel(new ArrayList<>());
    both.forget();
  }

  @Override
  public void close() {
    both.close();
    sockets.forEach(PacketSocket::close);
    machines.close();
    host.close();
  }
}
