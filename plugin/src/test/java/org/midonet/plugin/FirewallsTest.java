package org.midonet.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.midonet.neutron.auth.RequestContext;
import org.midonet.neutron.firewall.Firewalls;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.Standard;
import org.midonet.plugin.TestServer.Answer;
import org.midonet.plugin.client.FakeMidonet;
import org.midonet.plugin.client.FakeMidonet.Release;
import org.midonet.plugin.client.NullClient;
import org.midonet.plugin.firewall.MidonetFirewallPlugin;
import tools.jackson.databind.JsonNode;

/** What MidoNet is told of firewalls, and what their status says of it (spec section 3.3). */
class FirewallsTest {
  private static final Map<String, String> OPTIONS =
      Map.of("DEFAULT.service_plugins", "midonet_l3,midonet_firewall");

  private final Cloud cloud = new Cloud(Release.V5_6, OPTIONS);
  private String policy = "";
  private String rule = "";

  @BeforeEach
  void makePolicy() {
    rule =
        cloud.create(
            "fw/firewall_rules",
            "{'firewall_rule': {'protocol': 'tcp', 'destination_port': '80:90', 'action': 'allow'}}");
    policy =
        cloud.create(
            "fw/firewall_policies",
            "{'firewall_policy': {'name': 'p', 'firewall_rules': ['%s']}}".formatted(rule));
  }

  @AfterEach
  void stop() {
    cloud.close();
  }

  @Test
  void aFirewallGoesOnAllRoutersOfItsProject() {
    String first = cloud.router();
    String second = cloud.router();
    cloud.forget();

    Answer made = post("");

    assertThat(made.status()).isEqualTo(201);
    assertThat(status(made)).isEqualTo("PENDING_CREATE");
    assertThat(texts(made.resource().get("router_ids"))).containsExactlyInAnyOrder(first, second);
    assertThat(made.resource().has("firewall_rule_list")).isFalse();
    assertThat(made.resource().has("shared")).isFalse();
    assertThat(cloud.told()).containsExactly("POST firewalls");
    JsonNode body = told();
    assertThat(texts(body.get("add-router-ids"))).containsExactlyInAnyOrder(first, second);
    assertThat(body.get("del-router-ids")).isEmpty();
    assertThat(body.has("last-router")).isFalse();
    JsonNode told = body.get("firewall_rule_list").get(0);
    assertThat(told.get("id").asString()).isEqualTo(rule);
    assertThat(told.get("destination_port").asString()).isEqualTo("80:90");
    assertThat(told.get("ipVersion").asInt()).isEqualTo(4);
    assertThat(told.get("position").asInt()).isEqualTo(1);
    assertThat(status(get(made.id()))).isEqualTo("ACTIVE");
  }

  @Test
  void withoutRoutersMidonetIsNotTold() {
    assertThat(status(post(""))).isEqualTo("INACTIVE");
    String router = cloud.router();
    cloud.forget();
    Answer made = post(", 'router_ids': []");
    assertThat(status(made)).isEqualTo("INACTIVE");
    assertThat(cloud.neutron.delete("/fw/firewalls/" + made.id()).status()).isEqualTo(204);
    assertThat(cloud.told()).isEmpty();
    assertThat(router).isNotEmpty();
  }

  @Test
  void routersComeAndGo() {
    String first = cloud.router();
    String second = cloud.router();
    String firewall = post(", 'router_ids': ['%s']".formatted(first)).id();
    cloud.forget();

    Answer moved = put(firewall, "'router_ids': ['%s']".formatted(second));
    assertThat(status(moved)).isEqualTo("PENDING_UPDATE");
    assertThat(texts(told().get("add-router-ids"))).containsExactly(second);
    assertThat(texts(told().get("del-router-ids"))).containsExactly(first);
    assertThat(told().get("last-router").asBoolean()).isFalse();
    assertThat(status(get(firewall))).isEqualTo("ACTIVE");

    put(firewall, "'router_ids': []");
    assertThat(texts(told().get("del-router-ids"))).containsExactly(second);
    assertThat(told().get("last-router").asBoolean()).isTrue();
    assertThat(status(get(firewall))).isEqualTo("INACTIVE");
  }

  @Test
  void aRouterHasOneFirewall() {
    String router = cloud.router();
    post("");
    Answer refused = post(", 'router_ids': ['%s']".formatted(router));
    assertThat(refused.status()).isEqualTo(409);
    assertThat(type(refused)).isEqualTo("FirewallRouterInUse");
    assertThat(type(post(""))).isEqualTo("FirewallRouterInUse");
  }

  @Test
  void aRouterThatGoesLeavesItsFirewall() {
    String router = cloud.router();
    String firewall = post("").id();
    cloud.forget();

    assertThat(cloud.neutron.delete("/routers/" + router).status()).isEqualTo(204);

    assertThat(cloud.told()).containsExactly("PUT firewalls", "DELETE routers");
    assertThat(status(get(firewall))).isEqualTo("INACTIVE");
  }

  @Test
  void rulesAndTheirOrderAreToldAnew() {
    cloud.router();
    String firewall = post("").id();
    String other = cloud.create("fw/firewall_rules", "{'firewall_rule': {'protocol': 'udp'}}");
    cloud.forget();

    Answer inserted = act("insert_rule", "'firewall_rule_id': '%s'".formatted(other));
    assertThat(inserted.status()).isEqualTo(200);
    assertThat(texts(inserted.body().get("firewall_rules"))).containsExactly(other, rule);
    assertThat(ids(told().get("firewall_rule_list"))).containsExactly(other, rule);
    assertThat(told().has("last-router")).isFalse();

    cloud.neutron.put("/fw/firewall_rules/" + rule, "{'firewall_rule': {'enabled': false}}");
    assertThat(told().get("firewall_rule_list").get(1).get("enabled").asBoolean()).isFalse();

    act("remove_rule", "'firewall_rule_id': '%s'".formatted(other));
    assertThat(ids(told().get("firewall_rule_list"))).containsExactly(rule);
    act("insert_rule", "'firewall_rule_id': '%s', 'insert_after': '%s'".formatted(other, rule));
    assertThat(ids(told().get("firewall_rule_list"))).containsExactly(rule, other);
    assertThat(cloud.told()).hasSize(4).allMatch("PUT firewalls"::equals);
    assertThat(status(get(firewall))).isEqualTo("ACTIVE");
  }

  @Test
  void aRefusedCreateLeavesNothing() {
    cloud.router();
    refuse("/neutron/firewalls");
    Answer refused = post("");
    assertThat(refused.status()).isEqualTo(409);
    assertThat(cloud.count("fw/firewalls")).isZero();
    assertThat(post("").status()).isEqualTo(201);
  }

  @Test
  void aRefusedUpdateIsAnErrorUntilTheNextOne() {
    cloud.router();
    String firewall = post("").id();
    refuse("/neutron/firewalls/" + firewall);
    assertThat(put(firewall, "'admin_state_up': false").status()).isEqualTo(409);
    assertThat(status(get(firewall))).isEqualTo("ERROR");
    assertThat(get(firewall).resource().get("admin_state_up").asBoolean()).isFalse();

    assertThat(put(firewall, "'name': 'again'").status()).isEqualTo(200);
    assertThat(status(get(firewall))).isEqualTo("ACTIVE");
    assertThat(told().get("admin_state_up").asBoolean()).isFalse();
  }

  @Test
  void aRouterThatMidonetDidNotLetGoIsToldOfAgain() {
    String first = cloud.router();
    String second = cloud.router();
    String firewall = post("").id();
    refuse("/neutron/firewalls/" + firewall);
    assertThat(put(firewall, "'router_ids': ['%s']".formatted(second)).status()).isEqualTo(409);

    put(firewall, "'name': 'again'");
    assertThat(texts(told().get("del-router-ids"))).containsExactly(first);
    put(firewall, "'name': 'once more'");
    assertThat(texts(told().get("del-router-ids"))).isEmpty();
  }

  @Test
  void aFirewallThatMidonetDidNotLetGoIsDeletedThere() {
    cloud.router();
    String firewall = post("").id();
    refuse("/neutron/firewalls/" + firewall);
    assertThat(put(firewall, "'router_ids': []").status()).isEqualTo(409);
    cloud.forget();

    assertThat(cloud.neutron.delete("/fw/firewalls/" + firewall).status()).isEqualTo(204);
    assertThat(cloud.told()).containsExactly("DELETE firewalls");
  }

  @Test
  void whatACommitToldMidonetWaitsNoMoreAfterACrash() {
    cloud.router();
    String firewall = post("").id();
    MidonetFirewallPlugin restarted = new MidonetFirewallPlugin(new NullClient());

    await(firewall, "PENDING_UPDATE");
    restarted.started(cloud.neutron.sessions());
    assertThat(status(get(firewall))).isEqualTo("ACTIVE");

    await(firewall, "PENDING_DELETE");
    restarted.started(cloud.neutron.sessions());
    assertThat(get(firewall).status()).isEqualTo(404);
  }

  /** As a server leaves it that dies before it hears of MidoNet. */
  private void await(String firewall, String status) {
    cloud
        .neutron
        .sessions()
        .write(
            RequestContext.admin("req-test"),
            session -> {
              Resource row = session.tables().find(Firewalls.TYPE, firewall).orElseThrow();
              return session.amend(
                  row, session.changes(Firewalls.TYPE).set(Standard.STATUS, status).build());
            });
  }

  @Test
  void aRefusedDeleteCanBeRepeated() {
    cloud.router();
    String firewall = post("").id();
    refuse("/neutron/firewalls/" + firewall);
    assertThat(cloud.neutron.delete("/fw/firewalls/" + firewall).status()).isEqualTo(409);
    assertThat(status(get(firewall))).isEqualTo("ERROR");

    assertThat(cloud.neutron.delete("/fw/firewalls/" + firewall).status()).isEqualTo(204);
    assertThat(get(firewall).status()).isEqualTo(404);
    assertThat(cloud.neutron.delete("/fw/firewall_policies/" + policy).status()).isEqualTo(204);
  }

  @Test
  void ofSeveralFirewallsNoneIsLeftPending() {
    String first = cloud.router();
    String second = cloud.router();
    String one = post(", 'router_ids': ['%s']".formatted(first)).id();
    String other = post(", 'router_ids': ['%s']".formatted(second)).id();
    refuse("/neutron/firewalls/" + one);
    refuse("/neutron/firewalls/" + other);

    Answer refused =
        cloud.neutron.put(
            "/fw/firewall_policies/" + policy, "{'firewall_policy': {'firewall_rules': []}}");

    assertThat(refused.status()).isEqualTo(409);
    assertThat(List.of(status(get(one)), status(get(other)))).containsOnly("ERROR");
  }

  @Test
  void olderReleasesHaveNoFirewalls() {
    try (Cloud old = new Cloud(Release.V2015_06, OPTIONS)) {
      String none = old.create("fw/firewall_policies", "{'firewall_policy': {'name': 'p'}}");
      old.router();
      Answer refused =
          old.neutron.post(
              "/fw/firewalls", "{'firewall': {'firewall_policy_id': '%s'}}".formatted(none));
      assertThat(refused.status()).isEqualTo(501);
      assertThat(old.count("fw/firewalls")).isZero();
    }
  }

  private void refuse(String path) {
    cloud.midonet.next(path, FakeMidonet.error(409, "no"));
  }

  private Answer post(String more) {
    return cloud.neutron.post(
        "/fw/firewalls", "{'firewall': {'firewall_policy_id': '%s'%s}}".formatted(policy, more));
  }

  private Answer put(String firewall, String changes) {
    return cloud.neutron.put("/fw/firewalls/" + firewall, "{'firewall': {%s}}".formatted(changes));
  }

  private Answer act(String action, String body) {
    return cloud.neutron.put(
        "/fw/firewall_policies/" + policy + "/" + action, "{%s}".formatted(body));
  }

  private Answer get(String firewall) {
    return cloud.neutron.get("/fw/firewalls/" + firewall);
  }

  private static String status(Answer answer) {
    return answer.resource().get("status").asString();
  }

  private static String type(Answer answer) {
    return answer.resource().get("type").asString();
  }

  /** The last body that MidoNet was told. */
  private JsonNode told() {
    return cloud.midonet.calls().getLast().json();
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(item -> texts.add(item.asString()));
    return texts;
  }

  private static List<String> ids(JsonNode list) {
    List<String> ids = new ArrayList<>();
    list.forEach(item -> ids.add(item.get("id").asString()));
    return ids;
  }
}
