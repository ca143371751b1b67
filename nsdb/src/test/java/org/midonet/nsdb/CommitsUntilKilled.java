package org.midonet.nsdb;

import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.midonet.packets.Mac;
import org.midonet.topology.Bridge;
import org.midonet.topology.BridgeBuilder;
import org.midonet.topology.ObjectType;
import org.midonet.topology.Port;
import org.midonet.topology.PortBuilder;

/**
 * A program that creates, changes and deletes for ever, and prints what was acknowledged: {@code
 * create}, {@code update} or {@code delete} and the id. {@link KillTest} kills it.
 */
final class CommitsUntilKilled {
  private static final int THREADS = 4;

  private CommitsUntilKilled() {}

  public static void main(String[] arguments) throws Exception {
    EmbeddedZooKeeper server = EmbeddedZooKeeper.start(Path.of(arguments[0]), 0);
    ZooKeeperNsdb nsdb = ZooKeeperNsdb.open(ZooKeeperConfig.of(server));
    for (int i = 0; i < THREADS; i++) {
      Thread.ofPlatform().start(() -> commit(nsdb));
    }
  }

  private static void commit(Nsdb nsdb) {
    for (int i = 0; ; i++) {
      Bridge bridge = BridgeBuilder.builder().id(UUID.randomUUID()).name("created").build();
      Port port = PortBuilder.builder().id(bridge.id()).bridgeId(bridge.id()).build();
      nsdb.commit(
          List.of(
              new Operation.Create(bridge),
              new Operation.Create(port),
              new Operation.AddEntry<>(StateTable.macs(bridge.id(), 0), Mac.ZERO, port.id())));
      acknowledge("create", bridge.id());
      nsdb.commit(List.of(new Operation.Update(bridge.withName("updated"))));
      acknowledge("update", bridge.id());
      if (i % 2 == 0) {
        nsdb.commit(List.of(new Operation.Delete(ObjectType.BRIDGE, bridge.id())));
        acknowledge("delete", bridge.id());
      }
    }
  }

  private static synchronized void acknowledge(String what, UUID id) {
    System.out.println(what + " " + id);
    System.out.flush();
  }
}
