package org.midonet.agent.datapath;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.midonet.agent.datapath.ebpf.EbpfDatapath;
import org.midonet.agent.flow.Action;
import org.midonet.agent.flow.Actions;
import org.midonet.agent.flow.Classifier;
import org.midonet.agent.flow.FlowKey;
import org.midonet.agent.flow.Input;
import org.midonet.agent.linux.Links;
import org.midonet.agent.linux.LinuxException;
import org.midonet.agent.linux.NetworkNamespace;
import org.midonet.agent.linux.PacketSocket;

/** Devices go at any moment, and whoever deletes them tells nobody before. */
@Tag("root")
final class VanishingDevicesIT {
  private static final DatapathConfig CONFIG =
      new DatapathConfig("vanish", 1000, 1 << 16, 0, 0, Optional.empty());
  private static final int ROUNDS = 8;

  private final NetworkNamespace host = NetworkNamespace.create();
  private final NetworkNamespace machine = NetworkNamespace.create();
  private volatile boolean stop;

  @AfterEach
  void close() {
    host.run(() -> EbpfDatapath.open(CONFIG).close());
    machine.close();
    host.close();
  }

  @Test
  void theTargetOfRunningTrafficGoesAndComesAgain() throws Exception {
    PacketSocket first = plug("tap1");
    EbpfDatapath datapath = host.call(() -> EbpfDatapath.open(CONFIG));
    int from = host.call(() -> datapath.attach("tap1"));
    FlowKey key = requireNonNull(Classifier.classify(new Input.Port(from), Packets.udp())).key();
    Thread traffic = Thread.ofPlatform().start(() -> flood(first));
    for (int i = 0; i < ROUNDS; i++) {
      PacketSocket second = plug("tap2");
      int to = host.call(() -> datapath.attach("tap2"));
      datapath.install(key, Actions.of(new Action.Output(to)));
      await().until(() -> second.receive(100) != null);
      unplug("tap2");
      second.close();
      datapath.detach(to);
      assertThat(datapath.ports()).containsOnlyKeys(from);
    }
    stop = true;
    traffic.join();
    datapath.leave();
    first.close();
  }

  @Test
  void aSourceOfTrafficGoesAndItsNameIsUsedAgain() throws Exception {
    PacketSocket second = plug("tap2");
    EbpfDatapath datapath = host.call(() -> EbpfDatapath.open(CONFIG));
    int to = host.call(() -> datapath.attach("tap2"));
    for (int i = 0; i < ROUNDS; i++) {
      stop = false;
      PacketSocket first = plug("tap1");
      int from = host.call(() -> datapath.attach("tap1"));
      FlowKey key = requireNonNull(Classifier.classify(new Input.Port(from), Packets.udp())).key();
      datapath.install(key, Actions.of(new Action.Output(to)));
      Thread traffic = Thread.ofPlatform().start(() -> flood(first));
      await().until(() -> second.receive(100) != null);
      unplug("tap1");
      datapath.remove(List.of(key));
      datapath.detach(from);
      stop = true;
      traffic.join();
      first.close();
      assertThat(datapath.ports()).containsOnlyKeys(to);
    }
    datapath.leave();
    second.close();
  }

  @Test
  void whatWentBeforeItWasAttachedIsRefused() {
    EbpfDatapath datapath = host.call(() -> EbpfDatapath.open(CONFIG));
    plug("tap1").close();
    unplug("tap1");
    assertThatThrownBy(() -> host.call(() -> datapath.attach("tap1")))
        .isInstanceOf(DatapathException.class);
    assertThat(datapath.ports()).isEmpty();
    datapath.leave();
  }

  /** Until it is to stop, or the device has gone. */
  private void flood(PacketSocket socket) {
    try {
      while (!stop) {
        socket.send(Packets.udp());
      }
    } catch (LinuxException e) {
      stop = true;
    }
  }

  private PacketSocket plug(String name) {
    String far = name + "far";
    host.run(() -> {
      try (Links links = new Links()) {
        links.createVeth(name, far);
        links.setUp(links.get(name).index());
        links.move(links.get(far).index(), machine);
      }
    });
    return machine.call(() -> {
      try (Links links = new Links()) {
        int index = links.get(far).index();
        links.setUp(index);
        return new PacketSocket(index, true);
      }
    });
  }

  private void unplug(String name) {
    host.run(() -> {
      try (Links links = new Links()) {
        links.delete(links.get(name).index());
      }
    });
  }
}
