package org.midonet.cluster.translation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.midonet.nsdb.NsdbException;
import org.midonet.nsdb.Operation;
import org.midonet.topology.HostBuilder;
import org.midonet.topology.NeutronObject;
import org.midonet.topology.ObjectType;
import org.midonet.topology.QosPolicyBuilder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a real MidoNet was told and what became of it, recorded, against ours. Steps of services
 * that are not translated are left out, and so are their objects in the recorded topologies.
 */
final class RecordingsTest {
  private static final JsonMapper JSON = new JsonMapper();

  private static final Map<String, ObjectType<NeutronObject>> TYPES =
      Map.ofEntries(
          Map.entry("networks", ObjectType.NEUTRON_NETWORK),
          Map.entry("subnets", ObjectType.NEUTRON_SUBNET),
          Map.entry("ports", ObjectType.NEUTRON_PORT),
          Map.entry("routers", ObjectType.NEUTRON_ROUTER),
          Map.entry("floating_ips", ObjectType.FLOATING_IP),
          Map.entry("security_groups", ObjectType.SECURITY_GROUP),
          Map.entry("security_group_rules", ObjectType.SECURITY_GROUP_RULE),
          Map.entry("firewalls", ObjectType.NEUTRON_FIREWALL),
          Map.entry("pools", ObjectType.NEUTRON_POOL),
          Map.entry("members", ObjectType.NEUTRON_POOL_MEMBER),
          Map.entry("vips", ObjectType.NEUTRON_VIP),
          Map.entry("health_monitors", ObjectType.NEUTRON_HEALTH_MONITOR));

  @ParameterizedTest
  @ValueSource(strings = {"all-services", "uplink-and-binding"})
  void everyRecordedTopologyIsReproduced(String recording) throws IOException {
    Neutron neutron = new Neutron();
    int dumps = 0;
    for (JsonNode step : steps(recording)) {
      if (step.has("dump")) {
        dumps++;
        Set<String> networks =
            neutron.topology().list(ObjectType.BRIDGE).stream()
                .map(bridge -> bridge.id().toString())
                .collect(Collectors.toSet());
        assertThat(Recorded.comparable(Dump.of(neutron.topology()), networks))
            .as("dump %d of %s", dumps, recording)
            .isEqualTo(Recorded.comparable(recorded(step.get("dump")), networks));
      } else {
        replay(neutron, step);
      }
    }
    assertThat(dumps).isPositive();
  }

  private static JsonNode steps(String recording) throws IOException {
    try (InputStream in =
        RecordingsTest.class.getResourceAsStream("/midonet-golden/" + recording + ".json")) {
      return JSON.readTree(in).get("steps");
    }
  }

  /** What the real one refused, ours refuses too; that is seen in the next dump. */
  private static void replay(Neutron neutron, JsonNode step) {
    String[] path = step.get("path").asString().replace("/lb/", "/").substring(1).split("/");
    String method = step.get("method").asString();
    try {
      if (path[0].equals("neutron") && TYPES.containsKey(path[1])) {
        replay(neutron, method, path, step.get("body"));
      } else if (path[0].equals("hosts") && path.length == 1) {
        UUID id = UUID.fromString(step.get("body").get("id").asString());
        neutron.with(
            new Operation.Create(
                HostBuilder.builder()
                    .id(id)
                    .name(step.get("body").get("name").asString())
                    .build()));
      } else if (path[0].equals("qos_policies")) {
        UUID id = UUID.fromString(step.get("body").get("id").asString());
        neutron.with(new Operation.Create(QosPolicyBuilder.builder().id(id).build()));
      }
    } catch (TranslationException | NsdbException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  private static void replay(Neutron neutron, String method, String[] path, JsonNode body) {
    boolean join = path.length == 4;
    ObjectType<NeutronObject> type =
        join ? ObjectType.NEUTRON_ROUTER_INTERFACE : Objects.requireNonNull(TYPES.get(path[1]));
    String document = body == null ? "" : body.toString();
    switch (join ? path[3] : method) {
      case "POST", "add_router_interface" -> neutron.create(type, document);
      case "PUT", "remove_router_interface" -> neutron.update(type, document);
      case "DELETE" -> neutron.delete(type, UUID.fromString(path[2]));
      default -> throw new AssertionError(method);
    }
  }

  /** As the REST API shows it, with maps that can be changed. */
  private static Map<String, List<Object>> recorded(JsonNode dump) {
    Map<String, List<Object>> topology = new TreeMap<>();
    for (String kind : dump.propertyNames()) {
      List<Object> objects = new ArrayList<>();
      dump.get(kind)
          .forEach(object -> objects.add(Dump.normal(JSON.convertValue(object, Map.class))));
      topology.put(kind, objects);
    }
    return topology;
  }
}
