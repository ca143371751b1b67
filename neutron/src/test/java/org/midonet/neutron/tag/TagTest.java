package org.midonet.neutron.tag;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.midonet.neutron.server.TestServer;

final class TagTest {
  @TempDir Path directory;
  private TestServer server;
  private TestServer.Client client;

  @BeforeEach
  void start() {
    server = TestServer.start(directory);
    client = server.member("demo");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String network(String name, String... tags) {
    String id =
        String.valueOf(client.create("networks", "network", Map.of("name", name)).get("id"));
    client.put("networks/" + id + "/tags", Map.of("tags", List.of(tags)));
    return id;
  }

  private List<Object> names(String query) {
    return client.get("networks?sort_key=name&sort_dir=asc&" + query).items().stream()
        .map(n -> n.get("name"))
        .toList();
  }

  @Test
  void tagsAreReplacedAddedAndRemoved() {
    String id = network("n", "b", "a");
    String path = "networks/" + id;
    assertThat(client.get(path).item()).containsEntry("tags", List.of("a", "b"));
    assertThat(client.put(path + "/tags/c", Map.of()).status()).isEqualTo(201);
    assertThat(client.get(path + "/tags").body()).containsEntry("tags", List.of("a", "b", "c"));
    assertThat(client.get(path + "/tags/c").status()).isEqualTo(204);
    assertThat(client.delete(path + "/tags/c").status()).isEqualTo(204);
    assertThat(client.delete(path + "/tags/c").errorType()).isEqualTo("TagNotFound");
    assertThat(client.get(path).item()).containsEntry("revision_number", 4L);
    assertThat(client.put(path + "/tags/a", Map.of()).status()).isEqualTo(201);
    assertThat(client.get(path).item()).containsEntry("revision_number", 4L);
    assertThat(client.delete(path + "/tags").status()).isEqualTo(204);
    assertThat(client.get(path).item()).containsEntry("tags", List.of());
    assertThat(client.delete(path).status()).isEqualTo(204);
  }

  @Test
  void badTagsAndParentsAreRefused() {
    String tags = "networks/" + network("n") + "/tags";
    TestServer.Answer wrong = client.put(tags, Map.of("tags", List.of(1)));
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.errorMessage())
        .isEqualTo("Invalid input for operation: '1' is not a valid string.");
    assertThat(client.put(tags, Map.of("x", 1)).errorMessage())
        .isEqualTo("Invalid input for operation: Invalid tags body.");
    assertThat(client.put(tags + "/" + "x".repeat(256), Map.of()).status()).isEqualTo(400);
    TestServer.Answer none = client.put("networks/nope/tags", Map.of("tags", List.of("a")));
    assertThat(none.errorType()).isEqualTo("TagResourceNotFound");
    assertThat(none.errorMessage()).isEqualTo("Resource networks nope could not be found.");
    assertThat(server.member("other").get(tags).errorType()).isEqualTo("TagResourceNotFound");
  }

  @Test
  void listsAreFilteredByTags() {
    network("1", "red");
    network("2", "red", "blue");
    network("3", "red", "blue", "green");
    network("4", "green");
    network("5");
    assertThat(names("tags=red,blue")).containsExactly("2", "3");
    assertThat(names("tags-any=blue,green")).containsExactly("2", "3", "4");
    assertThat(names("not-tags=red,blue")).containsExactly("1", "4", "5");
    assertThat(names("not-tags-any=red,blue")).containsExactly("4", "5");
    assertThat(names("tags=red&not-tags-any=green")).containsExactly("1", "2");
  }

  @Test
  void portsBringTheirTags() {
    String network = network("n");
    Map<String, Object> port =
        client.create("ports", "port", Map.of("network_id", network, "tags", List.of("x", "a")));
    assertThat(port).containsEntry("tags", List.of("a", "x"));
    assertThat(client.get("ports?tags=x").items()).hasSize(1);
    assertThat(client.delete("ports/" + port.get("id")).status()).isEqualTo(204);
  }

  @Test
  void changedSinceLeavesOutWhatIsOlder() {
    network("n");
    assertThat(names("changed_since=2020-01-01T00:00:00Z")).containsExactly("n");
    assertThat(names("changed_since=2999-01-01T00:00:00")).isEmpty();
    assertThat(client.get("networks?changed_since=x").errorType()).isEqualTo("InvalidInput");
  }
}
