package org.midonet.app.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real DHCP client gets. */
@Scenario
final class DhcpIT {
  /** What it does with a lease, and notes; nothing of the host is touched. */
  private static final String SCRIPT =
      """
      #!/bin/sh
      env | grep -E '^(reason|new_)' | sort >>"$NOTES"
      case "$reason" in
      BOUND|REBOOT|RENEW|REBIND)
        ip link set "$interface" mtu "${new_interface_mtu:-1500}"
        ip address replace "$new_ip_address/$new_subnet_mask" dev "$interface"
        for router in $new_routers; do ip route replace default via "$router"; break; done ;;
      esac
      exit 0
      """;

  private static final String CONFIG =
      """
      option classless-routes code 121 = array of unsigned integer 8;
      request subnet-mask, broadcast-address, routers, domain-name, domain-name-servers,
        host-name, interface-mtu, classless-routes, ntp-servers, bootfile-name;
      timeout 20;
      retry 2;
      """;

  @TempDir private Path folder;

  /** Runs dhclient until it has a lease; what it got is in the notes. */
  private String lease(Machine machine) throws IOException {
    return lease(machine, folder);
  }

  static String lease(Machine machine, Path folder) throws IOException {
    Path script = folder.resolve("script");
    Path notes = folder.resolve("notes");
    Files.writeString(script, SCRIPT);
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    Files.writeString(folder.resolve("config"), CONFIG);
    machine.start(
        "dhclient",
        "-4",
        "-d",
        "-e",
        "NOTES=" + notes,
        "-sf",
        script.toString(),
        "-cf",
        folder.resolve("config").toString(),
        "-lf",
        folder.resolve("leases").toString(),
        "-pf",
        folder.resolve("pid").toString(),
        "eth0");
    Until.within(20, "a lease", () -> bound(notes));
    return Files.readString(notes);
  }

  private static boolean bound(Path notes) throws IOException {
    return Files.exists(notes) && Files.readString(notes).contains("new_subnet_mask=");
  }

  @Test
  void aClientGetsItsAddressAndAllThatGoesWithIt(Cloud cloud) throws IOException {
    String network = cloud.network(Map.of());
    cloud.subnet(
        network,
        "10.0.1.0/24",
        Map.of(
            "dns_nameservers",
            List.of("8.8.8.8", "8.8.4.4"),
            "host_routes",
            List.of(Map.of("destination", "192.168.0.0/16", "nexthop", "10.0.1.9"))));
    cloud.router(network);
    Machine other = cloud.machine(network);
    Machine machine =
        cloud.bareMachine(
            network,
            Map.of(
                "extra_dhcp_opts",
                List.of(
                    Map.of("opt_name", "ntp-server", "opt_value", "10.0.1.7"),
                    Map.of("opt_name", "bootfile-name", "opt_value", "pxelinux.0"),
                    Map.of("opt_name", "mtu", "opt_value", "1442"))));
    Capture seen = other.capture("udp port 67 or udp port 68");

    assertThat(lease(machine))
        .contains("reason=BOUND")
        .contains("new_ip_address=" + machine.address())
        .contains("new_subnet_mask=255.255.255.0")
        .contains("new_broadcast_address=10.0.1.255")
        .contains("new_routers=10.0.1.1")
        .contains("new_domain_name=example.org")
        .contains("new_domain_name_servers=8.8.8.8 8.8.4.4")
        .contains("new_host_name=host-" + machine.address().replace('.', '-'))
        .contains("new_interface_mtu=1442")
        .contains("new_ntp_servers=10.0.1.7")
        .contains("new_bootfile_name=pxelinux.0", "new_dhcp_lease_time=86400")
        .contains("new_classless_routes=16 192 168 10 0 1 9 0 10 0 1 1");
    assertThat(machine.reaches("10.0.1.1")).isTrue();
    assertThat(machine.reaches(other)).isTrue();
    assertThat(seen.lines()).as("others are not bothered").isEmpty();
  }

  @Test
  void aLeaseIsRenewedWhileItIsUsed(Cloud cloud) throws IOException {
    String network = cloud.network("10.0.1.0/24");
    cloud.router(network);
    Machine machine =
        cloud.bareMachine(
            network,
            Map.of("extra_dhcp_opts", List.of(Map.of("opt_name", "51", "opt_value", "6"))));
    lease(machine);
    Until.within(
        20,
        "the lease is renewed",
        () -> Files.readString(folder.resolve("notes")).contains("reason=RENEW"));
    assertThat(machine.reaches("10.0.1.1")).isTrue();
  }

  @Test
  void whereDhcpIsOffNobodyAnswers(Cloud cloud) {
    String network = cloud.network(Map.of());
    cloud.subnet(network, "10.0.1.0/24", Map.of("enable_dhcp", false));
    Machine machine = cloud.bareMachine(network, Map.of());
    Capture seen = machine.capture("udp port 68");
    machine.start(
        "dhclient", "-4", "-d", "-sf", "/bin/true", "-lf", "/dev/null", "-pf", "/dev/null", "eth0");
    seen.await("BOOTP/DHCP, Request");
    assertThat(seen.sees("BOOTP/DHCP, Reply")).isFalse();
  }
}
