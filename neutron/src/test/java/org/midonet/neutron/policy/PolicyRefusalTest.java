package org.midonet.neutron.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.midonet.neutron.auth.RequestContext;
import org.midonet.neutron.error.NeutronException;

/** The messages are those of reference/samples 019, 020, 048, 104, 306, 308. */
class PolicyRefusalTest {

  private static final List<PolicyAttribute> NETWORK =
      List.of(
          PolicyAttribute.of("shared", false),
          PolicyAttribute.of("router:external", false),
          PolicyAttribute.of("provider:network_type", PolicyTarget.ABSENT),
          PolicyAttribute.of("provider:physical_network", PolicyTarget.ABSENT),
          PolicyAttribute.of("provider:segmentation_id", PolicyTarget.ABSENT));

  private final PolicySession demo =
      new PolicyEngine(
              PolicySettings.defaults(List.of()),
              (resource, id, project) -> PolicyTarget.of(Map.of("tenant_id", "p2")))
          .session(
              RequestContext.builder("req-1")
                  .user("u", "u")
                  .project("p1", "p1")
                  .role("member")
                  .build());

  private static NeutronException refusal(ThrowingCallable call) {
    return catchThrowableOfType(NeutronException.class, call);
  }

  private static Map<String, Object> network(Object... more) {
    Map<String, Object> network =
        new HashMap<>(Map.of("project_id", "p1", "shared", false, "router:external", false));
    for (int i = 0; i < more.length; i += 2) {
      network.put((String) more[i], more[i + 1]);
    }
    return network;
  }

  @Test
  void defaultsNeedNoPermission() {
    demo.enforceCreate("create_network", PolicyTarget.of(network()), NETWORK);
  }

  @Test
  void messageNamesTheAttributesOfTheRequest() {
    NeutronException refusal =
        refusal(() ->
            demo.enforceCreate(
                "create_network", PolicyTarget.of(network("shared", true)), NETWORK));
    assertThat(refusal.status()).isEqualTo(403);
    assertThat(refusal.type()).isEqualTo("PolicyNotAuthorized");
    assertThat(refusal.text())
        .isEqualTo("(rule:create_network and rule:create_network:shared) is disallowed by policy");
  }

  @Test
  void messageNestsOncePerAttribute() {
    Map<String, Object> body =
        network(
            "provider:network_type",
            "vlan",
            "provider:physical_network",
            "default",
            "provider:segmentation_id",
            3998L);
    assertThatThrownBy(() -> demo.enforceCreate("create_network", PolicyTarget.of(body), NETWORK))
        .hasMessage(
            "(((rule:create_network and rule:create_network:provider:network_type)"
                + " and rule:create_network:provider:physical_network)"
                + " and rule:create_network:provider:segmentation_id) is disallowed by policy");
  }

  @Test
  void partsOfADictionaryHaveRulesOfTheirOwn() {
    List<PolicyAttribute> router =
        List.of(
            new PolicyAttribute(
                "external_gateway_info",
                null,
                List.of("network_id", "enable_snat", "external_fixed_ips")));
    Map<String, Object> body =
        Map.of(
            "project_id",
            "p1",
            "external_gateway_info",
            Map.of("network_id", "n", "enable_snat", false));
    assertThatThrownBy(() -> demo.enforceCreate("create_router", PolicyTarget.of(body), router))
        .hasMessage(
            "(rule:create_router and (rule:create_router:external_gateway_info and"
                + " (rule:create_router:external_gateway_info:network_id and"
                + " rule:create_router:external_gateway_info:enable_snat))) is disallowed by policy");
  }

  @Test
  void elementsOfAListHaveRulesForTheirKeys() {
    Map<String, Object> address = new LinkedHashMap<>();
    address.put("subnet_id", "s");
    address.put("ip_address", "10.0.0.9");
    Map<String, Object> body =
        Map.of("project_id", "p1", "network_id", "n", "fixed_ips", List.of(address));
    List<PolicyAttribute> port = List.of(PolicyAttribute.of("fixed_ips", PolicyTarget.ABSENT));
    assertThatThrownBy(() -> demo.enforceCreate("create_port", PolicyTarget.of(body), port))
        .hasMessage(
            "(rule:create_port and (rule:create_port:fixed_ips and (rule:create_port:fixed_ips:subnet_id and"
                + " rule:create_port:fixed_ips:ip_address))) is disallowed by policy");
  }

  @Test
  void updateAsksForWhatTheRequestNamesEvenIfItIsTheDefault() {
    assertThatThrownBy(() ->
            demo.enforceUpdate(
                "update_network",
                "get_network",
                PolicyTarget.of(network()),
                Map.of("shared", false),
                NETWORK))
        .hasMessage("(rule:update_network and rule:update_network:shared) is disallowed by policy");
  }

  @Test
  void whatTheCallerMaySeeIs403() {
    PolicyTarget shared = PolicyTarget.of(network("project_id", "p2", "shared", true));
    NeutronException update =
        refusal(() ->
            demo.enforceUpdate(
                "update_network", "get_network", shared, Map.of("name", "z"), NETWORK));
    assertThat(update.text()).isEqualTo("rule:update_network is disallowed by policy");
    assertThat(refusal(() -> demo.enforceDelete("delete_network", "get_network", shared)).text())
        .isEqualTo("rule:delete_network is disallowed by policy");
  }

  @Test
  void whatTheCallerMayNotSeeIs404() {
    PolicyTarget hidden = PolicyTarget.of(network("project_id", "p2"));
    assertThat(refusal(() -> demo.enforceDelete("delete_network", "get_network", hidden)).status())
        .isEqualTo(404);
    assertThat(refusal(() -> demo.enforceShow("get_network", hidden)).status()).isEqualTo(404);
    assertThat(
            refusal(() ->
                    demo.enforceUpdate(
                        "update_network", "get_network", hidden, Map.of("name", "z"), NETWORK))
                .type())
        .isEqualTo("HTTPNotFound");
  }
}
