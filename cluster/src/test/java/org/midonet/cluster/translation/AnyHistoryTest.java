package org.midonet.cluster.translation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.midonet.cluster.check.Comparison;
import org.midonet.cluster.check.Expected;
import org.midonet.cluster.check.Progress;
import org.midonet.cluster.importer.ImportTask;
import org.midonet.cluster.importer.TaskState;
import org.midonet.nsdb.Topology;
import org.midonet.topology.Ids;
import org.midonet.topology.NeutronObject;
import org.midonet.topology.ObjectType;
import org.midonet.topology.Port;
import tools.jackson.databind.json.JsonMapper;

/**
 * However a cloud came to be what it is, its topology is the one that comes of telling all that
 * there is at once.
 */
final class AnyHistoryTest {
  private static final int STEPS = 400;
  private static final int EVERY = 20;

  private final List<ImportTask> tasks = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89})
  void whatIsThereIsWhatATranslationOfTheWholeGives(long seed) {
    Cloud cloud = new Cloud(seed);
    for (int step = 0; step < STEPS; step++) {
      cloud.live();
      if (step % EVERY == 0) {
        Topology present = cloud.neutron.topology();
        present = present.apply(List.of(TaskState.reached(present, 0)));
        Expected expected = Expected.of(present, everything(present), Progress.NONE);
        assertThat(expected.refused()).as("life %d, step %d", seed, step).isEmpty();
        assertThat(Comparison.of(expected, present, Set.of(), mac -> true, 0).lines())
            .as("life %d, step %d", seed, step)
            .isEmpty();
      }
    }
  }

  /** What Neutron would tell an empty MidoNet, as its database would have it. */
  private List<ImportTask> everything(Topology topology) {
    tasks.clear();
    create("SECURITYGROUP", topology, ObjectType.SECURITY_GROUP);
    create("SECURITYGROUPRULE", topology, ObjectType.SECURITY_GROUP_RULE);
    create("NETWORK", topology, ObjectType.NEUTRON_NETWORK);
    create("SUBNET", topology, ObjectType.NEUTRON_SUBNET);
    create("PORT", topology, ObjectType.NEUTRON_PORT);
    create("ROUTER", topology, ObjectType.NEUTRON_ROUTER);
    topology.list(ObjectType.NEUTRON_PORT).forEach(port -> join(topology, port));
    for (NeutronObject router : topology.list(ObjectType.NEUTRON_ROUTER)) {
      add("UPDATE", "ROUTER", router.id(), router.document());
    }
    create("FLOATINGIP", topology, ObjectType.FLOATING_IP);
    create("FIREWALL", topology, ObjectType.NEUTRON_FIREWALL);
    create("POOL", topology, ObjectType.NEUTRON_POOL);
    create("MEMBER", topology, ObjectType.NEUTRON_POOL_MEMBER);
    create("VIP", topology, ObjectType.NEUTRON_VIP);
    create("HEALTHMONITOR", topology, ObjectType.NEUTRON_HEALTH_MONITOR);
    return tasks;
  }

  private void create(String dataType, Topology topology, ObjectType<NeutronObject> type) {
    topology.list(type).forEach(each -> add("CREATE", dataType, each.id(), each.document()));
  }

  private void join(Topology topology, NeutronObject port) {
    Port router = topology.find(ObjectType.PORT, Ids.ROUTER_INTERFACE_PORT_PEER.of(port.id()));
    if (router != null) {
      Map<String, @Nullable Object> join = new LinkedHashMap<>();
      join.put("id", String.valueOf(router.routerId()));
      join.put("port_id", port.id().toString());
      List<?> ips = (List<?>) Objects.requireNonNull(port.get("fixed_ips"));
      join.put("subnet_ids", ips.stream().map(ip -> ((Map<?, ?>) ip).get("subnet_id")).toList());
      add("CREATE", "ROUTERINTERFACE", Objects.requireNonNull(router.routerId()), join);
    }
  }

  private void add(String type, String dataType, UUID id, Map<String, @Nullable Object> document) {
    tasks.add(
        new ImportTask(
            tasks.size() + 1,
            type,
            dataType,
            JsonMapper.shared().writeValueAsString(document),
            id.toString(),
            ""));
  }
}
