package org.midonet.neutron.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.midonet.neutron.resource.Attribute;
import org.midonet.neutron.resource.ResourceDefinition;
import org.midonet.neutron.server.TestServer.Answer;
import org.midonet.neutron.store.DatabaseTest;
import org.midonet.neutron.store.TestDatabase;

/** What depends on the database's own ways of comparing, sorting and rolling back. */
@DatabaseTest
class ApiOnDatabasesIT {
  private final TestServer server;
  private final TestServer.Client admin;

  /** Each test has a project to itself. */
  private final String project = "p-" + UUID.randomUUID();

  private final TestServer.Client member;

  ApiOnDatabasesIT(TestDatabase database) {
    server = TestServer.on(database);
    admin = server.admin();
    member = server.member(project);
  }

  @Test
  void namesSortByCodePoint() {
    List<String> names = List.of("B", "Z", "a", "b", "ä", "é", "ж", "中", "😀");
    shuffled(names).forEach(name -> network(Map.of("name", name)));

    assertThat(names("networks?sort_key=name&sort_dir=asc")).isEqualTo(names);
    assertThat(names("networks?sort_key=name&sort_dir=desc")).isEqualTo(names.reversed());
  }

  @Test
  void namesAreComparedExactly() {
    for (String name : List.of("web", "Web", "web ", "wéb", "we%", "we_", "o'clock", "\\")) {
      network(Map.of("name", name));
    }
    assertThat(names("networks?name=web")).containsExactly("web");
    assertThat(names("networks?name=Web&name=w%C3%A9b")).containsExactlyInAnyOrder("Web", "wéb");
    assertThat(names("networks?name=we%25")).containsExactly("we%");
    assertThat(names("networks?name=we_")).containsExactly("we_");
    assertThat(names("networks?name=o'clock")).containsExactly("o'clock");
    assertThat(names("networks?name=%5C")).containsExactly("\\");
    assertThat(names("networks?name=WEB")).isEmpty();
  }

  @Test
  void textsComeBackAsTheyWent() {
    String text = "Ünïcödé 中文 😀 'q' \"d\" \\ %_ \t\n;--";
    Map<String, Object> made = network(Map.of("name", text, "description", text));
    assertThat(member.get("networks/" + made.get("id")).item())
        .containsEntry("name", text)
        .containsEntry("description", text);
  }

  @Test
  void booleansAndNumbersFilterAndSort() {
    network(Map.of("name", "up", "admin_state_up", true, "mtu", 1400));
    network(Map.of("name", "down", "admin_state_up", false, "mtu", 1400));

    assertThat(names("networks?admin_state_up=true")).containsExactly("up");
    assertThat(names("networks?admin_state_up=False")).containsExactly("down");
    assertThat(names("networks?sort_key=admin_state_up&sort_dir=asc"))
        .containsExactly("down", "up");
    assertThat(names("networks?mtu=1400&admin_state_up=1")).containsExactly("up");
    assertThat(names("networks?mtu=7")).isEmpty();
    assertThat(names("networks?sort_key=mtu&sort_dir=desc&sort_key=name&sort_dir=asc"))
        .containsExactly("down", "up");
    assertThat(names("networks?router:external=true")).isEmpty();
    assertThat(names("networks?shared=false")).hasSize(2);
  }

  @Test
  void pagesGoForthAndBackThroughEverySortKey() {
    List<String> ids = new ArrayList<>();
    for (String name : List.of("b", "a", "B", "a", "c", "", "b")) {
      ids.add(id(network(Map.of("name", name, "admin_state_up", !name.equals("a")))));
    }
    for (String key : List.of("name", "admin_state_up", "mtu", "description", "created_at")) {
      for (String direction : List.of("asc", "desc")) {
        String sort = "networks?sort_key=" + key + "&sort_dir=" + direction;
        List<String> all = ids(sort);
        assertThat(all).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(pages(sort + "&limit=3", false)).as(sort).isEqualTo(all);
        assertThat(pages(sort + "&limit=2&page_reverse=True", true)).as(sort).isEqualTo(all);
      }
    }
  }

  @Test
  void nothingSortsBeforeSomething() {
    String network = id(network(Map.of("name", "n")));
    List<Map<String, Object>> subnets = new ArrayList<>();
    subnet(network, Map.of("name", "none", "cidr", "10.1.0.0/24"), subnets);
    subnet(network, Map.of("name", "v4", "cidr", "10.2.0.0/24"), subnets);
    member.put(
        "subnets/" + subnets.getFirst().get("id"),
        Map.of("subnet", Collections.singletonMap("gateway_ip", null)));

    assertThat(names("subnets?sort_key=gateway_ip&sort_dir=asc")).containsExactly("none", "v4");
    assertThat(names("subnets?sort_key=gateway_ip&sort_dir=desc")).containsExactly("v4", "none");
    String sort = "subnets?sort_key=gateway_ip&sort_dir=asc&limit=1";
    assertThat(pages(sort, false)).isEqualTo(ids(sort.replace("&limit=1", "")));
  }

  @Test
  void oneBadItemOfManyUndoesAll() {
    Answer answer =
        member.post(
            "networks",
            Map.of(
                "networks",
                List.of(
                    Map.of("name", "first"),
                    Map.of("name", "second", "availability_zone_hints", List.of("nowhere")))));
    assertThat(answer.status()).isEqualTo(404);
    assertThat(names("networks")).isEmpty();

    String network = id(network(Map.of("name", "n")));
    List<Map<String, Object>> ports =
        Stream.of("fa:16:3e:00:00:01", "fa:16:3e:00:00:02", "fa:16:3e:00:00:01")
            .map(mac -> Map.<String, Object>of("network_id", network, "mac_address", mac))
            .toList();
    Answer refused = member.post("ports", Map.of("ports", ports));
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.errorType()).isEqualTo("MacAddressInUse");
    assertThat(ids("ports")).isEmpty();
    Answer accepted = member.post("ports", Map.of("ports", ports.subList(0, 2)));
    assertThat(accepted.status()).isEqualTo(201);
    assertThat(ids("ports")).hasSize(2);
  }

  @Test
  void portsAreFoundByWhatTheyHave() {
    String network = id(network(Map.of("name", "n")));
    List<Map<String, Object>> subnets = new ArrayList<>();
    subnet(network, Map.of("name", "v4", "cidr", "10.1.0.0/24"), subnets);
    String port =
        id(
            member.create(
                "ports",
                "port",
                Map.of(
                    "network_id",
                    network,
                    "name",
                    "Port",
                    "mac_address",
                    "FA:16:3E:AA:BB:CC",
                    "fixed_ips",
                    List.of(Map.of("ip_address", "10.1.0.77")))));
    for (String filter :
        List.of(
            "mac_address=fa:16:3e:aa:bb:cc",
            "fixed_ips=ip_address%3D10.1.0.77",
            "fixed_ips=ip_address_substr%3D1.0.7",
            "fixed_ips=subnet_id%3D" + subnets.getFirst().get("id"),
            "network_id=" + network,
            "device_id=",
            "admin_state_up=true&status=ACTIVE",
            "security_groups=" + ids("security-groups").getFirst(),
            "id=" + port,
            "project_id=" + project)) {
      assertThat(ids("ports?" + filter)).as(filter).containsExactly(port);
    }
    for (String filter :
        List.of("fixed_ips=ip_address_substr%3D1_0", "fixed_ips=ip_address_substr%3D%25")) {
      assertThat(ids("ports?" + filter)).as(filter).isEmpty();
    }
    String by = "sort_key=mac_address&sort_dir=asc&sort_key=device_owner&sort_dir=desc";
    assertThat(ids("ports?" + by)).containsExactly(port);
  }

  @Test
  void tagsFilterByAllAnyAndNone() {
    for (String tags : List.of("", "red", "red,blue", "Red", "r_d", "blue")) {
      String id = id(network(Map.of("name", tags)));
      List<String> list = tags.isEmpty() ? List.of() : List.of(tags.split(",", -1));
      assertThat(member.put("networks/" + id + "/tags", Map.of("tags", list)).status())
          .isEqualTo(200);
    }
    assertTagged("tags=red", "red", "red,blue");
    assertTagged("tags=red,blue", "red,blue");
    assertTagged("tags-any=red,Red", "red", "red,blue", "Red");
    assertTagged("not-tags=red", "", "Red", "r_d", "blue");
    assertTagged("not-tags=red,blue", "", "red", "Red", "r_d", "blue");
    assertTagged("not-tags-any=red,blue", "", "Red", "r_d");
    assertTagged("tags=r_d", "r_d");
    assertTagged("tags-any=red,blue&not-tags-any=red&sort_key=name&sort_dir=asc", "blue");
  }

  private void assertTagged(String query, String... names) {
    assertThat(names("networks?" + query)).as(query).containsExactlyInAnyOrder(names);
  }

  @Test
  void networksGoWithTheirSubnetsAndNotWithTheirPorts() {
    String network = id(network(Map.of("name", "n")));
    subnet(network, Map.of("name", "s", "cidr", "10.1.0.0/24"), new ArrayList<>());
    String port = id(member.create("ports", "port", Map.of("network_id", network)));

    Answer refused = member.delete("networks/" + network);
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.errorType()).isEqualTo("NetworkInUse");
    assertThat(member.delete("ports/" + port).status()).isEqualTo(204);
    assertThat(member.delete("networks/" + network).status()).isEqualTo(204);
    assertThat(ids("subnets")).isEmpty();
  }

  @Test
  void everyColumnOfEveryResourceSortsPagesAndFilters() {
    String network = id(network(Map.of("name", "n")));
    subnet(network, Map.of("name", "s", "cidr", "10.1.0.0/24"), new ArrayList<>());
    member.create("ports", "port", Map.of("network_id", network));
    for (ResourceDefinition definition : server.server().core().catalog().definitions()) {
      String path = definition.type().path();
      Answer all = admin.get(path);
      String marker =
          all.status() != 200 || all.items().isEmpty()
              ? ""
              : "&limit=2&marker=" + all.items().getFirst().get("id");
      for (Attribute<?> attribute : definition.attributes()) {
        if (attribute.sortable()) {
          worked(path + "?sort_key=" + attribute.name() + "&sort_dir=desc" + marker);
        }
        if (attribute.filterable()) {
          worked(path + "?" + attribute.name() + "=" + value(attribute));
        }
      }
    }
  }

  private void worked(String path) {
    assertThat(admin.get(path).status()).as(path).isLessThan(500);
  }

  private static String value(Attribute<?> attribute) {
    return switch (attribute.type().kind()) {
      case BOOLEAN -> "true";
      case INTEGER -> "1";
      case STRING, JSON -> "10.1.0.2";
    };
  }

  private Map<String, Object> network(Map<String, ?> values) {
    return member.create("networks", "network", values);
  }

  private void subnet(String network, Map<String, ?> values, List<Map<String, Object>> made) {
    Map<String, Object> all = new HashMap<>(values);
    all.put("network_id", network);
    all.put("ip_version", 4);
    made.add(member.create("subnets", "subnet", all));
  }

  private List<String> names(String path) {
    return values(path, "name");
  }

  private List<String> ids(String path) {
    return values(path, "id");
  }

  private List<String> values(String path, String key) {
    Answer answer = member.get(path);
    assertThat(answer.status()).as(path + " " + answer.body()).isEqualTo(200);
    return answer.items().stream().map(item -> String.valueOf(item.get(key))).toList();
  }

  /** All identifiers, page by page; backwards from the end if so asked, yet in the usual order. */
  private List<String> pages(String path, boolean backwards) {
    List<String> all = new ArrayList<>();
    String marker = "";
    while (true) {
      List<String> page = ids(path + marker);
      if (page.isEmpty()) {
        return all;
      }
      all.addAll(backwards ? 0 : all.size(), page);
      marker = "&marker=" + (backwards ? page.getFirst() : page.getLast());
    }
  }

  private static List<String> shuffled(List<String> names) {
    List<String> other = new ArrayList<>(names);
    Collections.shuffle(other, new Random(5));
    return other;
  }

  private static String id(Map<String, Object> resource) {
    return String.valueOf(resource.get("id"));
  }
}
