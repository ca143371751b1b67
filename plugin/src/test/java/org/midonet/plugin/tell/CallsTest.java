package org.midonet.plugin.tell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.midonet.neutron.service.Operation.ADD_INTERFACE;
import static org.midonet.neutron.service.Operation.CREATE;
import static org.midonet.neutron.service.Operation.DELETE;
import static org.midonet.neutron.service.Operation.REMOVE_INTERFACE;
import static org.midonet.neutron.service.Operation.UPDATE;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.midonet.neutron.resource.Attribute;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceDefinition;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.resource.Standard;
import org.midonet.neutron.service.Change;
import org.midonet.neutron.service.Operation;
import org.midonet.plugin.client.MidonetCall;
import org.midonet.plugin.client.MidonetPayload;
import org.midonet.plugin.client.MidonetResource;

/** Which calls follow from the changes of one request (spec sections 2.2 to 2.8, 3.7). */
class CallsTest {

  @Test
  void eachChangeIsACall() {
    Change port = change(CREATE, resource("port", "p"));
    Change router = change(UPDATE, resource("router", "r"));
    Change floating = change(DELETE, resource("floatingip", "f"));

    assertThat(calls(port, router, floating))
        .containsExactly("create PORT", "update ROUTER", "delete FLOATING_IP");
  }

  @Test
  void theNameOfAGroupIsNotTold() {
    assertThat(calls(change(UPDATE, resource("security_group", "g")))).isEmpty();
  }

  @Test
  void theStatusOfAPortIsNotTold() {
    Resource before = resource("port", "p", "status", "DOWN");
    Resource after = resource("port", "p", "status", "ACTIVE");
    assertThat(calls(new Change(UPDATE, after.definition().type(), before, after, Map.of())))
        .isEmpty();
  }

  @Test
  void whatMidonetDoesNotKnowIsNotTold() {
    assertThat(calls(change(CREATE, resource("subnetpool", "s")))).isEmpty();
  }

  @Test
  void aGroupComesAndGoesWithItsRules() {
    Change group = change(CREATE, resource("security_group", "g"));
    Change rule = change(CREATE, resource("security_group_rule", "r", "security_group_id", "g"));
    Change another = change(CREATE, resource("security_group_rule", "s", "security_group_id", "g"));

    assertThat(calls(rule, another, group)).containsExactly("create SECURITY_GROUP");
    assertThat(
            calls(
                change(DELETE, resource("security_group_rule", "r", "security_group_id", "g")),
                change(DELETE, resource("security_group", "g"))))
        .containsExactly("delete SECURITY_GROUP");
  }

  @Test
  void rulesOfOneRequestAreOneCallButTheirRemovalsAreNot() {
    Resource one = resource("security_group_rule", "r", "security_group_id", "g");
    Resource two = resource("security_group_rule", "s", "security_group_id", "g");

    assertThat(calls(change(CREATE, one), change(CREATE, two)))
        .containsExactly("create 2 SECURITY_GROUP_RULE");
    assertThat(calls(change(CREATE, one))).containsExactly("create SECURITY_GROUP_RULE");
    assertThat(calls(change(DELETE, one), change(DELETE, two)))
        .containsExactly("delete SECURITY_GROUP_RULE", "delete SECURITY_GROUP_RULE");
  }

  @Test
  void aFloatingIpThatLosesItsPortIsNotTold() {
    Resource floating = resource("floatingip", "f", "port_id", "p");

    assertThat(calls(change(UPDATE, floating), change(DELETE, resource("port", "p"))))
        .containsExactly("delete PORT");
    assertThat(calls(change(UPDATE, floating))).containsExactly("update FLOATING_IP");
  }

  @Test
  void agentsPortsGoWithTheirNetworkSilently() {
    Resource agents = resource("port", "d", "device_owner", "network:dhcp", "network_id", "n");

    assertThat(calls(change(DELETE, agents), change(DELETE, resource("network", "n"))))
        .containsExactly("delete NETWORK");
    assertThat(
            calls(
                change(DELETE, agents), change(DELETE, resource("subnet", "s", "network_id", "n"))))
        .containsExactly("delete SUBNET");
    assertThat(calls(change(DELETE, agents))).containsExactly("delete PORT");
  }

  @Test
  void interfacesAreToldWithPortAndSubnets() {
    Resource router = resource("router", "r");
    Map<String, Object> details =
        Map.of(
            "port_id", "p", "tenant_id", "t", "subnet_id", "s2", "subnet_ids", List.of("s1", "s2"));
    Map<String, @Nullable Object> body =
        MidonetPayload.routerInterface("r", "t", "p", List.of("s1", "s2"));

    assertThat(of(new Change(ADD_INTERFACE, router.definition().type(), router, router, details)))
        .isEqualTo(new MidonetCall.AddRouterInterface(body));
    assertThat(
            of(new Change(REMOVE_INTERFACE, router.definition().type(), router, router, details)))
        .isEqualTo(new MidonetCall.RemoveRouterInterface(body));
  }

  private static MidonetCall of(Change change) {
    return Calls.of(MidonetResource.ROUTER, change, List.of(change)).orElseThrow();
  }

  private static List<String> calls(Change... request) {
    List<String> told = new ArrayList<>();
    for (Change change : request) {
      Calls.resource(change)
          .flatMap(resource -> Calls.of(resource, change, List.of(request)))
          .ifPresent(call -> told.add(text(call)));
    }
    return told;
  }

  private static String text(MidonetCall call) {
    return switch (call) {
      case MidonetCall.Create create -> "create " + create.resource();
      case MidonetCall.CreateAll all -> "create " + all.bodies().size() + " " + all.resource();
      case MidonetCall.Update update -> "update " + update.resource();
      case MidonetCall.Delete delete -> "delete " + delete.resource();
      case MidonetCall.AddRouterInterface add -> "add interface " + add.routerId();
      case MidonetCall.RemoveRouterInterface remove -> "remove interface " + remove.routerId();
      case MidonetCall.AddPoolMonitor add -> "add monitor " + add.id();
      case MidonetCall.RemovePoolMonitor remove -> "remove monitor " + remove.id();
    };
  }

  private static Change change(Operation operation, Resource resource) {
    return new Change(
        operation,
        resource.definition().type(),
        operation == CREATE ? null : resource,
        operation == DELETE ? null : resource,
        Map.of());
  }

  private static Resource resource(String type, String id, String... values) {
    List<Attribute<?>> attributes = new ArrayList<>(List.of(Standard.ID));
    for (int i = 0; i < values.length; i += 2) {
      attributes.add(Attribute.string(values[i]).build());
    }
    ResourceType kind = ResourceType.of(type, type + "s", type, List.of());
    Resource.Builder builder = Resource.builder(new ResourceDefinition(kind, attributes));
    builder.set(Standard.ID, id);
    for (int i = 0; i < values.length; i += 2) {
      builder.set(attributes.get(i / 2 + 1), values[i + 1]);
    }
    return builder.build();
  }
}
