package org.midonet.app.scenario;

import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A test's cloud on several hosts, and those hosts. For one thread.
 *
 * @param cloud whose machines are on the first host unless said otherwise
 */
record Site(Region region, Cloud cloud) implements AutoCloseable {
  /** Octets of IP that fit through the overlay, as DHCP tells machines. */
  static final int MTU = Fabric.MTU - 50;

  Host host(int number) {
    return region.host(number);
  }

  /** The cloud for machines on a host, by its number. */
  Cloud on(int number) {
    return cloud.on(host(number));
  }

  /** A machine on a host, with the MTU of the overlay. */
  Machine machine(int number, String network) {
    return fitted(on(number).machine(network));
  }

  /** One that everybody may reach. */
  Machine server(int number, String network) {
    String group = cloud.group();
    cloud.allow(group, Map.of());
    return fitted(on(number).machine(network, Cloud.groups(group)));
  }

  /** One without port security, at an address. */
  Machine openMachineAt(int number, String network, String address) {
    return fitted(on(number).openMachineAt(network, address));
  }

  private static Machine fitted(Machine machine) {
    machine.inside("ip link set eth0 mtu " + MTU);
    return machine;
  }

  String networkOf(Machine machine) {
    return Cloud.text(cloud.get("ports/" + machine.port()).path("port"), "network_id");
  }

  /** Whether a host says that it forwards for a port. */
  boolean isActiveOn(String port, Host host) {
    JsonNode found = host(1).midonetApi().get("ports/" + port);
    return found.path("active").asBoolean() && Cloud.text(found, "hostId").equals(idOf(host));
  }

  /** What MidoNet calls a host. */
  String idOf(Host host) {
    return Cloud.id(find(host));
  }

  /** Whether MidoNet takes a host's agent for alive. */
  boolean isAlive(Host host) {
    return find(host).path("alive").asBoolean();
  }

  private JsonNode find(Host host) {
    for (JsonNode each : host(1).midonetApi().get("hosts")) {
      if (Cloud.text(each, "name").equals(host.name())) {
        return each;
      }
    }
    throw new AssertionError("there is no host " + host.name());
  }

  /** Lets time pass. */
  static void pause(Duration duration) {
    long begun = System.nanoTime();
    Until.within(60, "time passes", () -> System.nanoTime() - begun > duration.toNanos());
  }

  @Override
  public void close() {
    cloud.close();
  }
}
