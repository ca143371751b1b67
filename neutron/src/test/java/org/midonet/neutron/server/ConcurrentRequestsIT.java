package org.midonet.neutron.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiFunction;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.midonet.neutron.server.TestServer.Answer;
import org.midonet.neutron.server.TestServer.Client;
import org.midonet.neutron.store.DatabaseTest;
import org.midonet.neutron.store.Dialect;
import org.midonet.neutron.store.TestDatabase;

/**
 * Many clients want the same at once, of two API servers that share a database; of one on SQLite,
 * which is never shared.
 */
@DatabaseTest
class ConcurrentRequestsIT {
  private static final int CLIENTS = 16;

  private final TestServer one;
  private final String url;
  private final boolean shared;
  private final String project = "p-" + UUID.randomUUID();
  private TestServer other;
  private String network = "";

  ConcurrentRequestsIT(TestDatabase database) {
    one = TestServer.on(database);
    other = one;
    url = database.url();
    shared = database.dialect() != Dialect.SQLITE;
  }

  @BeforeEach
  void start() {
    if (shared) {
      other = TestServer.start(url, Map.of());
    }
    network = id(one.member(project).create("networks", "network", Map.of("name", "n")));
  }

  @AfterEach
  void stop() {
    if (shared) {
      other.close();
    }
  }

  @Test
  void onePortGetsTheMacThatAllAskFor() {
    List<Answer> answers =
        all(CLIENTS, (client, i) -> port(client, Map.of("mac_address", "fa:16:3e:00:00:01")));

    assertOneCreatedAndOthersRefused(answers, "MacAddressInUse");
  }

  @Test
  void onePortGetsTheAddressThatAllAskFor() {
    subnet("10.1.0.0/24");
    List<?> wanted = List.of(Map.of("ip_address", "10.1.0.9"));

    List<Answer> answers = all(CLIENTS, (client, i) -> port(client, Map.of("fixed_ips", wanted)));

    assertOneCreatedAndOthersRefused(answers, "IpAddressAlreadyAllocated");
  }

  @Test
  void theLastAddressesAreGivenOnceEach() {
    subnet("10.1.0.0/27");

    List<Answer> answers = all(40, (client, i) -> port(client, Map.of()));

    List<Object> addresses = new ArrayList<>();
    for (Answer answer : answers) {
      assertThat(answer.status()).as(answer.toString()).isIn(201, 409);
      if (answer.status() == 201) {
        addresses.add(answer.item().get("fixed_ips"));
      }
    }
    assertThat(addresses).hasSize(29).doesNotHaveDuplicates();
  }

  @Test
  void aProjectGetsAsManyPortsAsItsQuotaAllows() {
    one.admin().put("quotas/" + project, Map.of("quota", Map.of("port", 7)));

    List<Answer> answers = all(CLIENTS, (client, i) -> port(client, Map.of()));

    assertThat(answers.stream().filter(answer -> answer.status() == 201)).hasSize(7);
    assertThat(answers.stream().filter(answer -> answer.status() != 201))
        .allSatisfy(refused -> assertThat(refused.errorType()).isEqualTo("OverQuota"));
    assertThat(one.member(project).get("ports").items()).hasSize(7);
    assertThat(one.member(project).get("quotas/" + project + "/details").item().get("port"))
        .isEqualTo(Map.of("limit", 7L, "used", 7L, "reserved", 0L));
  }

  @Test
  void oneOfTheSubnetsThatOverlapIsMade() {
    List<Answer> answers =
        all(
            CLIENTS,
            (client, i) ->
                client.post(
                    "subnets",
                    Map.of(
                        "subnet",
                        Map.of(
                            "network_id",
                            network,
                            "ip_version",
                            4,
                            "cidr",
                            i % 2 == 0 ? "10.1.0.0/16" : "10.1.7.0/24"))));

    assertOneCreatedAndOthersRefused(answers, "InvalidInput");
    assertThat(one.member(project).get("networks/" + network).item().get("subnets"))
        .asInstanceOf(InstanceOfAssertFactories.LIST)
        .hasSize(1);
  }

  @Test
  void everyUpdateOfOnePortCountsARevision() {
    String port = id(port(one.member(project), Map.of()).item());

    List<Answer> answers =
        all(
            CLIENTS,
            (client, i) -> client.put("ports/" + port, Map.of("port", Map.of("name", "n" + i))));

    assertThat(answers).extracting(Answer::status).containsOnly(200);
    assertThat(answers)
        .extracting(answer -> answer.item().get("revision_number"))
        .doesNotHaveDuplicates();
  }

  @Test
  void aProjectHasOneDefaultGroupHoweverManyAskFirst() {
    String fresh = "fresh-" + UUID.randomUUID();

    all(
        CLIENTS,
        (client, i) -> {
          TestServer server = i % 2 == 0 ? one : other;
          Answer answer = server.member(fresh).get("security-groups");
          assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
          return answer;
        });

    assertThat(one.member(fresh).get("security-groups").items()).hasSize(1);
  }

  @Test
  void networksAndPortsThatComeAndGoTogetherLeaveNothingBehind() {
    for (int round = 0; round < 5; round++) {
      String network = id(one.member(project).create("networks", "network", Map.of()));
      List<Answer> answers =
          all(
              8,
              (client, i) ->
                  switch (i % 4) {
                    case 0 -> client.delete("networks/" + network);
                    case 1 ->
                        client.post(
                            "subnets",
                            Map.of(
                                "subnet",
                                Map.of(
                                    "network_id",
                                    network,
                                    "ip_version",
                                    4,
                                    "cidr",
                                    "10." + i + ".0.0/24")));
                    default -> client.post("ports", Map.of("port", Map.of("network_id", network)));
                  });
      assertThat(answers).allSatisfy(a -> assertThat(a.status()).isIn(201, 204, 404, 409));
      boolean gone = one.member(project).get("networks/" + network).status() == 404;
      if (gone) {
        assertThat(one.member(project).get("ports?network_id=" + network).items()).isEmpty();
        assertThat(one.member(project).get("subnets?network_id=" + network).items()).isEmpty();
      }
    }
  }

  private static void assertOneCreatedAndOthersRefused(List<Answer> answers, String type) {
    assertThat(answers.stream().filter(answer -> answer.status() == 201)).hasSize(1);
    assertThat(answers.stream().filter(answer -> answer.status() != 201))
        .allSatisfy(refused -> assertThat(refused.errorType()).isEqualTo(type));
  }

  private void subnet(String cidr) {
    one.member(project)
        .create("subnets", "subnet", Map.of("network_id", network, "ip_version", 4, "cidr", cidr));
  }

  private Answer port(Client client, Map<String, ?> values) {
    Map<String, Object> all = new HashMap<>(values);
    all.put("network_id", network);
    return client.post("ports", Map.of("port", all));
  }

  /** Sends so many requests at once, every other one to the other server. */
  private List<Answer> all(int count, BiFunction<Client, Integer, Answer> request) {
    List<Callable<Answer>> requests = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int number = i;
      Client client = (i % 2 == 0 ? one : other).member(project);
      requests.add(() -> request.apply(client, number));
    }
    Collections.shuffle(requests);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Answer> answers = new ArrayList<>();
      for (Future<Answer> future : threads.invokeAll(requests)) {
        answers.add(future.get());
      }
      return answers;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static String id(Map<String, Object> resource) {
    return String.valueOf(resource.get("id"));
  }
}
