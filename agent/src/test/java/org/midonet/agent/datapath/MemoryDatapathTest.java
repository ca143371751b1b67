package org.midonet.agent.datapath;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.midonet.agent.datapath.memory.MemoryDatapath;
import org.midonet.agent.datapath.memory.MemoryDevice;
import org.midonet.agent.datapath.memory.MemoryUnderlay;

final class MemoryDatapathTest extends DatapathContract {
  @Override
  Bench open() {
    return bench();
  }

  static Bench bench() {
    return bench(new DatapathConfig("test", 1000, 1 << 20, 1000, 100, Optional.empty()));
  }

  static Bench bench(DatapathConfig config) {
    MemoryUnderlay underlay = new MemoryUnderlay();
    return new MemoryBench(
        new MemoryDatapath(config, FIRST, underlay), new MemoryDatapath(config, SECOND, underlay));
  }

  private record MemoryBench(MemoryDatapath first, MemoryDatapath second) implements Bench {
    @Override
    public List<Datapath> hosts() {
      return List.of(first, second);
    }

    @Override
    public Cable plug(int host) {
      MemoryDatapath datapath = host == 0 ? first : second;
      MemoryDevice device = datapath.plug("tap" + datapath.ports().size());
      return new Plugged(datapath.attach(device.name()), device);
    }

    @Override
    public void close() {
      first.close();
      second.close();
    }
  }

  private record Plugged(int port, MemoryDevice device) implements Bench.Cable {
    @Override
    public void send(byte[] frame) {
      device.send(frame);
    }

    @Override
    public byte @Nullable [] receive() {
      return device.receive();
    }
  }
}
