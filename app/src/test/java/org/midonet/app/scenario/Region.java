package org.midonet.app.scenario;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Three hosts on one network: all of the program on the first, agents on the others. For one
 * thread.
 */
final class Region implements AutoCloseable {
  private static final int HOSTS = 3;

  private final Fabric fabric = new Fabric();
  private final List<Host> hosts = new ArrayList<>();

  private Region() {}

  static Region start() {
    Region region = new Region();
    try {
      for (int number = 1; number <= HOSTS; number++) {
        int its = number;
        region.hosts.add(
            Host.start(
                "host" + number,
                "zookeeper_hosts = "
                    + Fabric.zooKeeperHosts()
                    + "\nagent_tunnel_ip = "
                    + Fabric.address(number),
                namespace -> region.fabric.connect(namespace, its),
                number == 1 ? null : region.host(1)));
      }
      return region;
    } catch (RuntimeException | Error e) {
      region.closeQuietly(e);
      throw e;
    }
  }

  private void closeQuietly(Throwable failure) {
    try {
      close();
    } catch (IOException | RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  Fabric fabric() {
    return fabric;
  }

  /** A host by its number, from 1. */
  Host host(int number) {
    return hosts.get(number - 1);
  }

  List<Host> hosts() {
    return hosts;
  }

  /** The region that all tests share, of a run of tests. */
  static Region of(ExtensionContext.Store store) {
    return store.computeIfAbsent(Region.class, _ -> start(), Region.class);
  }

  @Override
  public void close() throws IOException {
    List<Host> reversed = hosts.reversed();
    try {
      for (Host host : reversed) {
        host.close();
      }
    } finally {
      fabric.close();
    }
  }
}
