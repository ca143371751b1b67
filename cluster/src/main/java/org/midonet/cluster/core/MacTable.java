package org.midonet.cluster.core;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.cluster.api.ApiException;
import org.midonet.cluster.api.Call;
import org.midonet.cluster.api.Violation;
import org.midonet.cluster.core.TableEndpoints.Entry;
import org.midonet.nsdb.StateTable;
import org.midonet.packets.Mac;
import org.midonet.topology.ObjectType;
import org.midonet.topology.Port;

/** The MAC tables of a bridge: one for untagged frames, one for each VLAN; stateless. */
final class MacTable implements TableEndpoints.Table<Mac, UUID> {
  private static final String VLAN = "vlan";
  private static final int MAX_VLAN = 4095;

  @Override
  @SuppressWarnings("unchecked") // a table of this kind has these keys and values
  public List<StateTable<Mac, UUID>> tables(View view, Call call) {
    UUID bridgeId = bridge(view, call);
    String vlan = call.path().get(VLAN);
    if (vlan != null) {
      return List.of(StateTable.macs(bridgeId, vlan(vlan)));
    }
    List<StateTable<Mac, UUID>> tables = new ArrayList<>();
    tables.add(StateTable.macs(bridgeId, 0));
    view.topology().tables(bridgeId).stream()
        .filter(table -> table.kind() == StateTable.Kind.MAC)
        .map(table -> (StateTable<Mac, UUID>) table)
        .filter(table -> vlan(table) != 0)
        .sorted(Comparator.comparingInt(MacTable::vlan))
        .forEach(tables::add);
    return tables;
  }

  private static UUID bridge(View view, Call call) {
    return view.need(ObjectType.BRIDGE, call.id("id", ObjectType.BRIDGE.name())).id();
  }

  private static int vlan(StateTable<?, ?> table) {
    return Integer.parseInt(table.args().getFirst());
  }

  private static int vlan(String text) {
    if (text.matches("\\d{1,4}") && Integer.parseInt(text) <= MAX_VLAN) {
      return Integer.parseInt(text);
    }
    throw new ApiException(404, "There is no VLAN " + text + ".");
  }

  @Override
  public Entry<Mac, UUID> read(Map<String, @Nullable Object> json, View view, Call call) {
    List<Violation> violations = new ArrayList<>();
    for (String name : List.of("macAddr", "portId")) {
      if (json.get(name) == null) {
        violations.add(new Violation(name, "may not be null"));
      }
    }
    if (!violations.isEmpty()) {
      throw ApiException.invalid(violations);
    }
    Entry<Mac, UUID> entry = parse(json.get("macAddr") + "_" + json.get("portId"));
    if (entry == null) {
      throw ApiException.badRequest("macAddr must be a MAC address, and portId a UUID.");
    }
    UUID bridgeId = bridge(view, call);
    Port port = view.need(ObjectType.PORT, entry.value());
    if (!bridgeId.equals(port.bridgeId())) {
      throw ApiException.badRequest("Port " + port.id() + " is not on bridge " + bridgeId + ".");
    }
    return entry;
  }

  @Override
  public @Nullable Entry<Mac, UUID> parse(String key) {
    int separator = key.indexOf('_');
    Mac mac = separator < 0 ? null : Mac.tryParse(key.substring(0, separator)).orElse(null);
    UUID port = separator < 0 ? null : Kind.uuidOrNull(key.substring(separator + 1));
    return mac == null || port == null ? null : new Entry<>(mac, port);
  }

  @Override
  public String key(Mac mac, UUID port) {
    return mac.toString().replace(':', '-') + "_" + port;
  }

  @Override
  public Map<String, @Nullable Object> show(
      StateTable<Mac, UUID> table, Mac mac, UUID port, View view) {
    int vlan = vlan(table);
    String bridge = "/bridges/" + table.owner();
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("macAddr", mac.toString());
    json.put("portId", port.toString());
    json.put("vlanId", vlan);
    json.put("bridge", view.links().to(bridge));
    json.put("port", view.links().to("/ports/" + port));
    json.put(
        "uri",
        view.links()
            .to(bridge + (vlan == 0 ? "" : "/vlans/" + vlan) + "/mac_table/" + key(mac, port)));
    return json;
  }
}
