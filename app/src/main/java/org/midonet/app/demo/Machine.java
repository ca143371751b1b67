package org.midonet.app.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.midonet.agent.linux.Links;
import org.midonet.agent.linux.NetworkNamespace;
import org.midonet.packets.IpAddress;
import org.midonet.packets.Mac;

/**
 * A network namespace as a virtual machine: a cable leads from its eth0 to a device of the host.
 * Safe to share between threads.
 */
final class Machine implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 20;

  private final String name;
  private final UUID port;
  private final String address;
  private final String device;
  private final NetworkNamespace namespace;

  private Machine(
      String name, UUID port, String address, String device, NetworkNamespace namespace) {
    this.name = name;
    this.port = port;
    this.address = address;
    this.device = device;
    this.namespace = namespace;
  }

  /** What a command in the machine said. */
  record Said(boolean succeeded, String text) {}

  /**
   * Makes a machine as Neutron describes its port.
   *
   * @param gateway null for none
   */
  static Machine start(
      String name, UUID port, Mac mac, String address, int prefix, @Nullable String gateway) {
    String device = "demo" + port.toString().substring(0, 8);
    NetworkNamespace namespace = NetworkNamespace.create();
    Machine machine = new Machine(name, port, address, device, namespace);
    try (Links links = new Links()) {
      links.createVeth(device, device + "p");
      links.move(links.get(device + "p").index(), namespace);
      links.setUp(links.get(device).index());
      namespace.run(() -> {
        try (Links inside = new Links()) {
          inside.setUp(inside.get("lo").index());
          int index = inside.get(device + "p").index();
          inside.setMac(index, mac);
          inside.setUp(index);
          inside.addAddress(index, IpAddress.parse(address), prefix);
        }
      });
      if (gateway != null) {
        machine.run("ip", "route", "add", "default", "via", gateway);
      }
      return machine;
    } catch (RuntimeException e) {
      machine.close();
      throw e;
    }
  }

  String name() {
    return name;
  }

  UUID port() {
    return port;
  }

  String address() {
    return address;
  }

  /** The host's end of its cable. */
  String device() {
    return device;
  }

  NetworkNamespace namespace() {
    return namespace;
  }

  /** Runs a command in the machine. */
  Said run(String... command) {
    return namespace.call(() -> {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      return new Said(process.waitFor() == 0, text);
    });
  }

  /** Whether the tools are there that machines run. */
  static @Nullable String missingTool() {
    for (String tool : List.of("ip", "ping", "curl")) {
      try {
        new ProcessBuilder(tool, "-V").redirectErrorStream(true).start().destroy();
      } catch (IOException e) {
        return tool;
      }
    }
    return null;
  }

  @Override
  public void close() {
    try (Links links = new Links()) {
      links.find(device).ifPresent(link -> links.delete(link.index()));
    } catch (RuntimeException e) {
      throw new UncheckedIOException(new IOException(device + " could not be removed", e));
    } finally {
      namespace.close();
    }
  }
}
