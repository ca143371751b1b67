package org.midonet.nsdb;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.topology.ObjectType;
import org.midonet.topology.TopologyObject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A commit as those who follow the store read it: one line for each change, with the new content,
 * so that a commit is applied as a whole after one read. Immutable, safe to share.
 *
 * @param commitId tells a writer that lost its connection whether this is its own commit
 * @param lines null when the commit was too large to be written twice, and must be found by reading
 *     everything again
 */
record LogEntry(String commitId, @Nullable List<String> lines) {
  private static final Logger LOG = LoggerFactory.getLogger(LogEntry.class);
  private static final String RELOAD = "reload";

  /** The text for a commit that is not to be written twice. */
  static byte[] reload(String commitId) {
    return (commitId + "\n" + RELOAD).getBytes(StandardCharsets.UTF_8);
  }

  /** The text of a commit in the making; not safe to share. */
  static final class Text {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(4096);

    Text(String commitId) {
      add(commitId);
    }

    /** An object as it is from now on, and where it lies. */
    void put(ObjectType<?> type, UUID id, UUID home, byte[] content) {
      add("\nput " + type.name() + " " + id + " " + home + " ");
      bytes.writeBytes(content);
    }

    void delete(ObjectType<?> type, UUID id) {
      add("\ndelete " + type.name() + " " + id);
    }

    void entry(String path, boolean added) {
      add((added ? "\nadd " : "\nremove ") + path);
    }

    void sequence(Sequence sequence, long last) {
      add("\nsequence " + sequence.name() + " " + last);
    }

    private void add(String text) {
      bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    byte[] encode() {
      return bytes.toByteArray();
    }
  }

  static LogEntry decode(byte[] data) {
    List<String> all = text(data).lines().toList();
    String id = all.isEmpty() ? "" : all.getFirst();
    List<String> lines = all.isEmpty() ? List.of() : all.subList(1, all.size());
    return new LogEntry(id, lines.equals(List.of(RELOAD)) ? null : lines);
  }

  /**
   * Carries the commit over; changes that are there already are passed over.
   *
   * @return what changed
   */
  List<Change> apply(TopologyBuilder builder, Znodes znodes) {
    List<Change> changes = new ArrayList<>();
    for (String line : Objects.requireNonNull(lines, "the commit must be read elsewhere")) {
      try {
        Change change = parse(line, builder, znodes);
        if (change != null) {
          builder.apply(change);
          changes.add(change);
        }
      } catch (IllegalArgumentException e) {
        LOG.error("A change of commit {} cannot be read and is left out: {}", commitId, line, e);
      }
    }
    return changes;
  }

  private static @Nullable Change parse(String line, TopologyBuilder builder, Znodes znodes) {
    String[] words = line.split(" ", 5);
    return switch (words[0]) {
      case "put" -> {
        ObjectType<?> type = type(words[1]);
        UUID id = UUID.fromString(words[2]);
        UUID home = UUID.fromString(words[3]);
        byte[] content = words[4].getBytes(StandardCharsets.UTF_8);
        yield object(type, id, type.decode(id, content), home, builder);
      }
      case "delete" -> {
        UUID id = UUID.fromString(words[2]);
        yield object(type(words[1]), id, null, builder.home(id, id), builder);
      }
      case "add" -> entry(words[1], true, builder, znodes);
      case "remove" -> entry(words[1], false, builder, znodes);
      case "sequence" -> sequence(Sequence.valueOf(words[1]), Long.parseLong(words[2]), builder);
      default -> throw new IllegalArgumentException(words[0] + " is no change");
    };
  }

  private static ObjectType<?> type(String name) {
    return ObjectType.named(name)
        .orElseThrow(() -> new IllegalArgumentException(name + " is no class of objects"));
  }

  private static @Nullable Change object(
      ObjectType<?> type,
      UUID id,
      @Nullable TopologyObject after,
      UUID home,
      TopologyBuilder builder) {
    TopologyObject before = builder.find(type, id);
    return Objects.equals(before, after) && home.equals(builder.home(id, id))
        ? null
        : new Change.OfObject(type, id, before, after, home);
  }

  private static @Nullable Change entry(
      String path, boolean added, TopologyBuilder builder, Znodes znodes) {
    Znodes.Entry<?, ?> parsed = znodes.parseEntry(path);
    if (parsed == null) {
      throw new IllegalArgumentException(path + " is no entry");
    }
    return builder.contains(parsed.table(), parsed.entry()) == added
        ? null
        : new Change.OfEntry(parsed.table(), parsed.entry(), added);
  }

  private static @Nullable Change sequence(Sequence sequence, long last, TopologyBuilder builder) {
    long before = builder.last(sequence);
    return before == last ? null : new Change.OfSequence(sequence, before, last);
  }

  private static String text(byte[] data) {
    return new String(data, StandardCharsets.UTF_8);
  }
}
