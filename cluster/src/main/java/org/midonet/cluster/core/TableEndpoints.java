package org.midonet.cluster.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.midonet.cluster.api.Answers;
import org.midonet.cluster.api.ApiException;
import org.midonet.cluster.api.Call;
import org.midonet.cluster.api.Endpoint;
import org.midonet.cluster.api.Media;
import org.midonet.neutron.http.Response;
import org.midonet.nsdb.Operation;
import org.midonet.nsdb.StateTable;

/**
 * State tables of bridges and ports: what was configured, and what agents learned. What is written
 * here is configured; stateless.
 */
final class TableEndpoints {
  private static final List<String> MAC_PORT = Media.orJson(Media.item("MacPort", 2));
  private static final List<String> MAC_PORTS = Media.orJson(Media.list("MacPort", 2));
  private static final List<String> IP4_MAC = Media.orJson(Media.item("IP4Mac", 1));
  private static final List<String> IP4_MACS = Media.orJson(Media.list("IP4Mac", 1));
  private static final List<String> MAC_IP = Media.orJson(Media.item("MacIp", 1));

  /** MidoNet's own client asks for a list of these by the type of one. */
  private static final List<String> MAC_IPS =
      List.of(Media.list("MacIp", 1), Media.item("MacIp", 1), Media.JSON);

  private TableEndpoints() {}

  static List<Endpoint> of(Store store) {
    List<Endpoint> all = new ArrayList<>();
    all.addAll(endpoints(store, "/bridges/{id}/mac_table", MAC_PORT, MAC_PORTS, new MacTable()));
    all.addAll(
        endpoints(
            store, "/bridges/{id}/vlans/{vlan}/mac_table", MAC_PORT, MAC_PORTS, new MacTable()));
    all.addAll(endpoints(store, "/bridges/{id}/arp_table", IP4_MAC, IP4_MACS, new ArpTable()));
    all.addAll(endpoints(store, "/ports/{id}/peering_table", MAC_IP, MAC_IPS, new PeeringTable()));
    return all;
  }

  /** An entry of a table of a kind, as text on the wire and in paths. */
  interface Table<K, V> {
    /** The tables that a path means; for new entries the first. */
    List<StateTable<K, V>> tables(View view, Call call);

    /** Reads an entry and checks it against the topology. */
    Entry<K, V> read(Map<String, @Nullable Object> json, View view, Call call);

    /** The entry that a path names, null for none that could be. */
    @Nullable Entry<K, V> parse(String key);

    /** The name of an entry in paths. */
    String key(K key, V value);

    Map<String, @Nullable Object> show(StateTable<K, V> table, K key, V value, View view);
  }

  /** An entry by itself. */
  record Entry<K, V>(K key, V value) {}

  private static <K, V> List<Endpoint> endpoints(
      Store store, String path, List<String> item, List<String> list, Table<K, V> kind) {
    return List.of(
        Endpoint.core(path)
            .get(list, call -> list(store.view(call.links()), call, kind))
            .post(item, call -> add(store, call, kind)),
        Endpoint.core(path + "/{entry}")
            .get(item, call -> show(store.view(call.links()), call, kind))
            .delete(call -> remove(store, call, kind)));
  }

  private static <K, V> List<Map<String, @Nullable Object>> list(
      View view, Call call, Table<K, V> kind) {
    List<Map<String, @Nullable Object>> all = new ArrayList<>();
    for (StateTable<K, V> table : kind.tables(view, call)) {
      view.topology().table(table).entrySet().stream()
          .sorted((one, other) -> text(one.getKey()).compareTo(text(other.getKey())))
          .forEach(entry -> all.add(kind.show(table, entry.getKey(), entry.getValue(), view)));
    }
    return all;
  }

  private static String text(Object key) {
    return key.toString();
  }

  private static <K, V> Response add(Store store, Call call, Table<K, V> kind) {
    Map<String, @Nullable Object> json = call.object();
    store.write(
        call.links(),
        view -> {
          Entry<K, V> entry = kind.read(json, view, call);
          StateTable<K, V> table = kind.tables(view, call).getFirst();
          List<Operation> operations = new ArrayList<>();
          for (var present : view.topology().entries(table)) {
            if (present.isPersistent()
                && present.key().equals(entry.key())
                && !present.value().equals(entry.value())) {
              operations.add(new Operation.RemoveEntry<>(table, present.key(), present.value()));
            }
          }
          operations.add(new Operation.AddEntry<>(table, entry.key(), entry.value()));
          return operations;
        });
    Entry<K, V> entry = kind.read(json, store.view(call.links()), call);
    return Answers.created(
        call.links().to(call.request().path() + "/" + kind.key(entry.key(), entry.value())));
  }

  private static <K, V> Map<String, @Nullable Object> show(View view, Call call, Table<K, V> kind) {
    Entry<K, V> wanted = kind.parse(call.path("entry"));
    for (StateTable<K, V> table : kind.tables(view, call)) {
      if (wanted != null && wanted.value().equals(view.topology().lookUp(table, wanted.key()))) {
        return kind.show(table, wanted.key(), wanted.value(), view);
      }
    }
    throw new ApiException(404, "The table has no entry " + call.path("entry") + ".");
  }

  private static <K, V> Response remove(Store store, Call call, Table<K, V> kind) {
    store.write(
        call.links(),
        view -> {
          Entry<K, V> gone = kind.parse(call.path("entry"));
          List<Operation> operations = new ArrayList<>();
          for (StateTable<K, V> table : kind.tables(view, call)) {
            if (gone != null) {
              operations.add(new Operation.RemoveEntry<>(table, gone.key(), gone.value()));
            }
          }
          return operations;
        });
    return Answers.noContent();
  }
}
