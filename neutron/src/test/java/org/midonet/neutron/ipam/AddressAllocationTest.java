package org.midonet.neutron.ipam;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.midonet.neutron.server.TestServer;
import org.midonet.neutron.server.TestServer.Answer;
import org.midonet.neutron.store.DatabaseTest;
import org.midonet.neutron.store.TestDatabase;
import org.midonet.packets.Ipv4Address;

@DatabaseTest
class AddressAllocationTest {
  private final TestServer server;
  private final TestServer.Client demo;
  private String network = "";

  AddressAllocationTest(TestDatabase database) {
    server = TestServer.on(database);
    demo = server.member("demo");
  }

  @BeforeEach
  void makeNetwork() {
    network = id(demo.create("networks", "network", Map.of("name", "n")));
  }

  @Test
  void aTakenAddressIsNotGivenAgain() {
    String subnet = subnet("10.77.0.0/24");
    List<?> wanted = List.of(Map.of("subnet_id", subnet, "ip_address", "10.77.0.29"));
    String port =
        id(demo.create("ports", "port", Map.of("network_id", network, "fixed_ips", wanted)));

    Answer refused = port(Map.of("network_id", network, "fixed_ips", wanted));

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.errorMessage())
        .isEqualTo("IP address 10.77.0.29 already allocated in subnet " + subnet);
    demo.delete("ports/" + port);
    assertThat(port(Map.of("network_id", network, "fixed_ips", wanted)).status()).isEqualTo(201);
  }

  @Test
  void theLastAddressIsFoundAndThenThereAreNoMore() {
    subnet("10.77.0.0/28");
    List<String> addresses = new ArrayList<>();
    for (int i = 0; i < 13; i++) {
      addresses.add(address(demo.create("ports", "port", Map.of("network_id", network))));
    }

    Answer refused = port(Map.of("network_id", network));

    assertThat(addresses).doesNotHaveDuplicates();
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.errorType()).isEqualTo("IpAddressGenerationFailure");
    assertThat(refused.errorMessage())
        .isEqualTo("No more IP addresses available on network " + network + ".");
  }

  @Test
  void dhcpTakesTheFirstFreeAddress() {
    subnet("10.77.0.0/24");

    Map<String, Object> port =
        server
            .admin()
            .create("ports", "port", Map.of("network_id", network, "device_owner", "network:dhcp"));

    assertThat(address(port)).isEqualTo("10.77.0.2");
  }

  @Test
  void concurrentRequestsNeverGetOneAddress() throws Exception {
    subnet("10.77.0.0/26");
    List<String> addresses = Collections.synchronizedList(new ArrayList<>());
    List<Future<?>> all = new ArrayList<>();
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 80; i++) {
        all.add(
            clients.submit(() -> {
              Answer answer = port(Map.of("network_id", network));
              if (answer.status() == 201) {
                addresses.add(address(answer.item()));
              } else {
                assertThat(answer.errorType()).isEqualTo("IpAddressGenerationFailure");
              }
            }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }

    assertThat(addresses).hasSize(61).doesNotHaveDuplicates();
  }

  @Test
  void aNearlyFullSubnetStillGivesAddresses() {
    String subnet = subnet("10.64.0.0/16");
    fill(subnet, 60_000);

    List<String> addresses = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      addresses.add(address(demo.create("ports", "port", Map.of("network_id", network))));
    }

    assertThat(addresses).doesNotHaveDuplicates();
  }

  @Test
  void aBulkRequestGetsAnAddressForEachPort() {
    subnet("10.77.0.0/24");
    List<Map<String, Object>> ports = Collections.nCopies(100, Map.of("network_id", network));

    Answer answer = demo.post("ports", Map.of("ports", ports));

    assertThat(answer.items()).extracting(AddressAllocationTest::address).doesNotHaveDuplicates();
    assertThat(answer.items()).hasSize(100);
  }

  /** Takes that many addresses, scattered by a permutation of the numbers below the prime 65521. */
  private void fill(String subnet, int count) {
    Ipv4Address first = Ipv4Address.parse("10.64.0.2");
    String sql =
        "insert into ip_allocations (subnet_id, sort_key, ip_address, network_id, port_id)"
            + " values (?, ?, ?, '', '')";
    server
        .database()
        .write(transaction -> {
          for (long i = 0; i < count; i++) {
            Ipv4Address address = first.plus(i * 7919 % 65521);
            transaction.dsl().execute(sql, subnet, address.sortKey(), address.toString());
          }
          return count;
        });
  }

  private String subnet(String cidr) {
    return id(
        demo.create(
            "subnets", "subnet", Map.of("network_id", network, "ip_version", 4, "cidr", cidr)));
  }

  private Answer port(Map<String, ?> values) {
    return demo.post("ports", Map.of("port", values));
  }

  private static String address(Map<String, Object> port) {
    List<?> ips = (List<?>) Objects.requireNonNull(port.get("fixed_ips"));
    Map<?, ?> first = (Map<?, ?>) ips.getFirst();
    return String.valueOf(first.get("ip_address"));
  }

  private static String id(Map<String, Object> resource) {
    return String.valueOf(resource.get("id"));
  }
}
