package org.midonet.nsdb;

import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.topology.ObjectType;

/**
 * Where everything lies in ZooKeeper (spec/midonet.md 1.2). Immutable, safe to share.
 *
 * @param root the znode above all, {@code /midonet}
 */
record Znodes(String root) {

  /** Holds the znodes of objects. */
  String objects() {
    return root + "/zoom/0/objects";
  }

  /** The objects of a home. */
  String objects(UUID home) {
    return objects() + "/" + home;
  }

  /** Where MidoNet keeps its objects, and this program did before it had {@link #objects()}. */
  String models() {
    return root + "/zoom/0/models";
  }

  String tables() {
    return root + "/zoom/0/tables";
  }

  String table(StateTable<?, ?> table) {
    StringBuilder path = new StringBuilder(tables()).append('/').append(table.kind().className());
    if (!isGlobal(table.kind().className())) {
      path.append('/').append(table.owner());
    }
    path.append('/').append(table.kind().name());
    table.args().forEach(arg -> path.append('/').append(arg));
    return path.toString();
  }

  String state() {
    return root + "/zoom/0/state";
  }

  String state(StateKey key, UUID owner) {
    return String.join(
        "/", state(), owner.toString(), key.type().name(), key.id().toString(), key.key());
  }

  String sequence(Sequence sequence) {
    return root + "/sequences/" + sequence.znode();
  }

  /** Holds the number of the last commit; its version guards the whole topology. */
  String revision() {
    return root + "/zoom/0/revision";
  }

  /** Holds the last commits, for those who follow. */
  String log() {
    return root + "/zoom/0/log";
  }

  String log(long revision) {
    return log() + "/%010d".formatted(revision);
  }

  /** Holds the devices whose addresses have port blocks. */
  String portBlocks() {
    return root + "/nat";
  }

  String leader(String role) {
    return root + "/leader-latch/" + role;
  }

  /** What must be there before the first commit. */
  List<String> skeleton() {
    return List.of(objects(), tables(), state(), log(), portBlocks());
  }

  /**
   * The table entry of a path below {@link #tables}, null for a path that holds entries or other
   * holders.
   *
   * @throws IllegalArgumentException if the path is none that this program makes
   */
  @Nullable Entry<?, ?> parseEntry(String path) {
    List<String> parts = below(tables(), path);
    if (parts.isEmpty()) {
      return null;
    }
    int device = isGlobal(parts.getFirst()) ? 1 : 2;
    if (parts.size() <= device) {
      return null;
    }
    for (StateTable.Kind<?, ?> kind : StateTable.Kind.ALL) {
      if (kind.className().equals(parts.getFirst()) && kind.name().equals(parts.get(device))) {
        return parseEntry(kind, parts, device + 1);
      }
    }
    throw new IllegalArgumentException("there is no such table");
  }

  private static <K, V> @Nullable Entry<K, V> parseEntry(
      StateTable.Kind<K, V> kind, List<String> parts, int args) {
    int name = args + kind.arguments();
    if (parts.size() <= name) {
      return null;
    }
    if (parts.size() > name + 1) {
      throw new IllegalArgumentException("entries have nothing below them");
    }
    UUID owner = isGlobal(parts.getFirst()) ? StateTable.GLOBAL : UUID.fromString(parts.get(1));
    return new Entry<>(
        new StateTable<>(kind, owner, parts.subList(args, name)), kind.parse(parts.get(name)));
  }

  /**
   * The state that a path below {@link #state} tells, null for a path that holds others.
   *
   * @throws IllegalArgumentException if the path is none that this program makes
   */
  @Nullable Published parseState(String path) {
    List<String> parts = below(state(), path);
    if (parts.size() < 4) {
      return null;
    }
    ObjectType<?> type =
        ObjectType.named(parts.get(1))
            .orElseThrow(() -> new IllegalArgumentException("there is no such class"));
    return new Published(
        new StateKey(type, UUID.fromString(parts.get(2)), parts.get(3)),
        UUID.fromString(parts.get(0)));
  }

  private static List<String> below(String top, String path) {
    return path.length() <= top.length()
        ? List.of()
        : Arrays.asList(path.substring(top.length() + 1).split("/", -1));
  }

  private static boolean isGlobal(String className) {
    return className.equals("global");
  }

  record Entry<K, V>(StateTable<K, V> table, TableEntry<K, V> entry) {
    Change added() {
      return new Change.OfEntry(table, entry, true);
    }
  }

  record Published(StateKey key, UUID owner) {}
}
