package org.midonet.nsdb;

import java.util.Arrays;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.midonet.topology.ObjectType;

/**
 * The objects that lie together in one znode. Immutable, safe to share.
 *
 * <p>They are kept as kinds and ids in turn, for there are as many groups as Neutron has ports.
 */
final class Group {
  /** No more are put together, so that a change of one does not write very many again. */
  static final int MOST = 32;

  static final Group EMPTY = new Group(new Object[0]);

  private final Object[] members;

  private Group(Object[] members) {
    this.members = members;
  }

  boolean isEmpty() {
    return members.length == 0;
  }

  boolean isFull() {
    return members.length >= 2 * MOST;
  }

  boolean has(ObjectType<?> type, UUID id) {
    return at(type, id) >= 0;
  }

  /** Whether an object with the id is among them, of whatever kind. */
  boolean has(UUID id) {
    for (int i = 1; i < members.length; i += 2) {
      if (members[i].equals(id)) {
        return true;
      }
    }
    return false;
  }

  /** With an object that is not among them yet. */
  Group plus(ObjectType<?> type, UUID id) {
    Object[] more = Arrays.copyOf(members, members.length + 2);
    more[members.length] = type;
    more[members.length + 1] = id;
    return new Group(more);
  }

  /** Without an object that is among them. */
  Group minus(ObjectType<?> type, UUID id) {
    int at = at(type, id);
    Object[] fewer = Arrays.copyOf(members, members.length - 2);
    System.arraycopy(members, at + 2, fewer, at, fewer.length - at);
    return new Group(fewer);
  }

  void forEach(BiConsumer<ObjectType<?>, UUID> action) {
    for (int i = 0; i < members.length; i += 2) {
      action.accept((ObjectType<?>) members[i], (UUID) members[i + 1]);
    }
  }

  private int at(ObjectType<?> type, UUID id) {
    for (int i = 0; i < members.length; i += 2) {
      if (members[i].equals(type) && members[i + 1].equals(id)) {
        return i;
      }
    }
    return -1;
  }
}
