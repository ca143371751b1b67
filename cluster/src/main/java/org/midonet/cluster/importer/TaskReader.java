package org.midonet.cluster.importer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.cluster.neutron.Dialect;
import org.midonet.cluster.neutron.Documents;
import org.midonet.cluster.neutron.MalformedException;
import org.midonet.cluster.translation.NeutronOperation;
import org.midonet.topology.NeutronObject;
import org.midonet.topology.ObjectType;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads tasks. Pure functions, safe to share between threads. Source: midonet.md part 3. */
final class TaskReader {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_LONG_FOR_INTS).build();

  private static final Map<String, ObjectType<NeutronObject>> KINDS =
      Map.ofEntries(
          Map.entry("NETWORK", ObjectType.NEUTRON_NETWORK),
          Map.entry("SUBNET", ObjectType.NEUTRON_SUBNET),
          Map.entry("PORT", ObjectType.NEUTRON_PORT),
          Map.entry("ROUTER", ObjectType.NEUTRON_ROUTER),
          Map.entry("ROUTERINTERFACE", ObjectType.NEUTRON_ROUTER_INTERFACE),
          Map.entry("FLOATINGIP", ObjectType.FLOATING_IP),
          Map.entry("SECURITYGROUP", ObjectType.SECURITY_GROUP),
          Map.entry("SECURITYGROUPRULE", ObjectType.SECURITY_GROUP_RULE),
          Map.entry("FIREWALL", ObjectType.NEUTRON_FIREWALL),
          Map.entry("POOL", ObjectType.NEUTRON_POOL),
          Map.entry("MEMBER", ObjectType.NEUTRON_POOL_MEMBER),
          Map.entry("VIP", ObjectType.NEUTRON_VIP),
          Map.entry("HEALTHMONITOR", ObjectType.NEUTRON_HEALTH_MONITOR),
          Map.entry("PORTBINDING", ObjectType.PORT_BINDING),
          Map.entry("CONFIG", ObjectType.NEUTRON_CONFIG),
          Map.entry("AGENTMEMBERSHIP", ObjectType.AGENT_MEMBERSHIP));

  private TaskReader() {}

  /**
   * What a task says that happened.
   *
   * @throws MalformedException if it cannot be read
   */
  static NeutronOperation read(ImportTask task) {
    if (task.type().equals("FLUSH")) {
      throw new MalformedException("FLUSH is not done here, as it never was by MidoNet.");
    }
    ObjectType<NeutronObject> kind = KINDS.get(String.valueOf(task.dataType()));
    if (kind == null) {
      throw new MalformedException("Tasks of the kind " + task.dataType() + " are not known here.");
    }
    return switch (task.type()) {
      case "CREATE" ->
          new NeutronOperation.Create(Documents.read(kind, document(task), Dialect.TASK));
      case "UPDATE" ->
          new NeutronOperation.Update(Documents.read(kind, document(task), Dialect.TASK));
      case "DELETE" -> new NeutronOperation.Delete(kind, id(task));
      default ->
          throw new MalformedException("Tasks of the type " + task.type() + " are not known here.");
    };
  }

  private static UUID id(ImportTask task) {
    try {
      return UUID.fromString(String.valueOf(task.resourceId()));
    } catch (IllegalArgumentException e) {
      throw new MalformedException("The task's resource_id is no UUID: " + task.resourceId());
    }
  }

  private static Map<String, @Nullable Object> document(ImportTask task) {
    Object value;
    try {
      value = JSON.readValue(String.valueOf(task.data()), Object.class);
    } catch (JacksonException e) {
      throw new MalformedException("The task's data are no JSON: " + e.getOriginalMessage());
    }
    if (!(value instanceof Map<?, ?> map)) {
      throw new MalformedException("The task's data are no JSON object.");
    }
    Map<String, @Nullable Object> document = LinkedHashMap.newLinkedHashMap(map.size());
    map.forEach((name, field) -> document.put(String.valueOf(name), field));
    return document;
  }

  /** All kinds that tasks may be about. */
  static List<ObjectType<NeutronObject>> kinds() {
    return List.copyOf(KINDS.values());
  }
}
