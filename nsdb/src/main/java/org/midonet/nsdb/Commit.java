package org.midonet.nsdb;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.topology.ObjectType;

/**
 * Operations with their effect: carried out, or to be carried out by {@link Nsdb#store}. Immutable,
 * safe to share.
 *
 * @param before the snapshot that the operations were computed on
 * @param after the snapshot that has their effect
 * @param changes what differs; empty when the operations came to nothing
 */
public record Commit(Topology before, Topology after, List<Change> changes) {

  /** Nothing at all. */
  public static Commit none(Topology topology) {
    return new Commit(topology, topology, List.of());
  }

  /**
   * The same operations on another snapshot, if that differs from {@link #before} at most in what
   * no operation can see: learned entries and published state.
   *
   * @return null if more differs, so that they must be computed anew
   */
  @SuppressWarnings("ReferenceEquality") // of snapshots, which is meant
  public @Nullable Commit on(Topology topology) {
    if (topology == before) {
      return this;
    }
    if (!topology.holdsTheSame(before)) {
      return null;
    }
    TopologyBuilder builder = new TopologyBuilder(topology);
    changes.forEach(builder::apply);
    return new Commit(topology, builder.build(after.version), changes);
  }

  /**
   * Several, each computed on what the one before left, as one.
   *
   * @param start what the first was computed on
   */
  public static Commit join(Topology start, List<Commit> commits) {
    return switch (commits.size()) {
      case 0 -> none(start);
      case 1 -> commits.getFirst();
      default -> {
        Joined joined = new Joined();
        commits.forEach(commit -> commit.changes.forEach(joined::add));
        yield new Commit(start, commits.getLast().after, joined.changes());
      }
    };
  }

  /** Changes of which the later ones of an object replace the earlier. */
  private static final class Joined {
    private final List<@Nullable Change> changes = new ArrayList<>();
    private final Map<Object, Integer> places = new HashMap<>();

    void add(Change change) {
      Object key = key(change);
      Integer place = places.get(key);
      @Nullable Change earlier = place == null ? null : changes.get(place);
      if (place == null || earlier == null) {
        places.put(key, changes.size());
        changes.add(change);
      } else {
        changes.set(place, merged(earlier, change));
      }
    }

    private static Object key(Change change) {
      return switch (change) {
        case Change.OfObject(ObjectType<?> type, UUID id, var before, var after, UUID home) ->
            new ObjectKey(type, id);
        case Change.OfEntry(var table, var entry, boolean added) -> new EntryKey(table, entry);
        case Change.OfSequence(Sequence sequence, long before, long after) -> sequence;
        case Change.OfState(StateKey key, UUID owner, var before, var after) ->
            new PublishedKey(key, owner);
      };
    }

    /** Null when they come to nothing. */
    private static @Nullable Change merged(Change earlier, Change later) {
      if (earlier instanceof Change.OfObject one && later instanceof Change.OfObject other) {
        boolean isNothing =
            Objects.equals(one.before(), other.after()) && one.home().equals(other.home());
        return isNothing
            ? null
            : new Change.OfObject(one.type(), one.id(), one.before(), other.after(), other.home());
      }
      if (earlier instanceof Change.OfSequence one && later instanceof Change.OfSequence other) {
        return new Change.OfSequence(one.sequence(), one.before(), other.after());
      }
      if (earlier instanceof Change.OfState one && later instanceof Change.OfState other) {
        return Objects.equals(one.before(), other.after())
            ? null
            : new Change.OfState(one.key(), one.owner(), one.before(), other.after());
      }
      return null; // an entry came and went, or went and came back
    }

    List<Change> changes() {
      return changes.stream().filter(Objects::nonNull).map(Change.class::cast).toList();
    }
  }

  private record ObjectKey(ObjectType<?> type, UUID id) {}

  private record EntryKey(StateTable<?, ?> table, TableEntry<?, ?> entry) {}

  private record PublishedKey(StateKey key, UUID owner) {}
}
