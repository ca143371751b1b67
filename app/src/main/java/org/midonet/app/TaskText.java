package org.midonet.app;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.midonet.plugin.client.cluster.DataState;
import org.midonet.plugin.client.cluster.DataVersion;
import org.midonet.plugin.client.cluster.Task;
import tools.jackson.databind.json.JsonMapper;

/**
 * What {@code midonet-db-manage} prints, in the form that scripts know from Python (spec section
 * 1.3). Pure functions, safe to share between threads.
 */
final class TaskText {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
  private static final int[] TASK = {7, 11, 20, 40, 20};
  private static final int[] VERSION = {7, 20, 20, 10};

  private TaskText() {}

  static List<String> list(List<Task> tasks) {
    Stream<String> head =
        Stream.of(
            row(TASK, "id", "type", "data type", "resource id", "time"),
            row(TASK, dashes(2), dashes(4), dashes(9), dashes(11), dashes(4)));
    Stream<String> rows =
        tasks.stream()
            .map(task ->
                row(
                    TASK,
                    task.id(),
                    task.type(),
                    task.dataType(),
                    task.resourceId(),
                    time(task.createdAt())));
    return Stream.concat(head, rows).toList();
  }

  static List<String> versions(List<DataVersion> versions) {
    Stream<String> head =
        Stream.of(
            row(VERSION, "id", "sync_status", "sync_tasks_status", "stale"),
            row(VERSION, dashes(2), dashes(11), dashes(17), dashes(5)));
    Stream<String> rows =
        versions.stream()
            .map(version ->
                row(
                    VERSION,
                    version.id(),
                    version.syncStatus(),
                    version.syncTasksStatus(),
                    version.stale()));
    return Stream.concat(head, rows).toList();
  }

  static List<String> state(DataState state) {
    return List.of(
        labelled("last processed task id", state.lastProcessedTaskId()),
        labelled("last updated", time(state.updatedAt())),
        labelled("active version", state.activeVersion()),
        labelled("read only", state.readOnly()));
  }

  /** What the tasks leave, by kind in the order in which kinds came up. */
  static List<String> resources(List<Task> tasks) {
    Map<String, Map<String, String>> kinds = new LinkedHashMap<>();
    for (Task task : tasks) {
      if (task.dataType() == null) { // a FLUSH
        kinds.clear();
        continue;
      }
      Map<String, String> kind =
          kinds.computeIfAbsent(task.dataType(), name -> new LinkedHashMap<>());
      String id = String.valueOf(task.resourceId());
      if (task.type().equals(Task.DELETE)) {
        kind.remove(id);
      } else {
        kind.put(id, Objects.requireNonNullElse(task.data(), "null"));
      }
    }
    List<String> lines = new ArrayList<>();
    kinds.forEach((name, resources) -> {
      lines.add(name + "S: ");
      lines.add("");
      resources.values().forEach(data -> lines.add(json(JSON.readValue(data, Object.class), "")));
    });
    return lines;
  }

  private static String row(int[] widths, @Nullable Object... values) {
    StringBuilder row = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      row.append(padded(python(values[i]), widths[i]));
    }
    return row.toString();
  }

  private static String labelled(String label, @Nullable Object value) {
    return padded(label, 25) + " : " + python(value);
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }

  private static String python(@Nullable Object value) {
    return switch (value) {
      case null -> "None";
      case Boolean flag -> flag ? "True" : "False";
      default -> value.toString();
    };
  }

  private static String time(LocalDateTime time) {
    return TIME.format(time);
  }

  private static String dashes(int number) {
    return "-".repeat(number);
  }

  /** Four blanks a level, keys sorted, nothing but ASCII. */
  private static String json(@Nullable Object value, String indent) {
    String inner = indent + "    ";
    return switch (value) {
      case Map<?, ?> map when !map.isEmpty() ->
          map.entrySet().stream()
              .sorted(Comparator.comparing(entry -> String.valueOf(entry.getKey())))
              .map(entry -> inner + ascii(entry.getKey()) + ": " + json(entry.getValue(), inner))
              .collect(Collectors.joining(",\n", "{\n", "\n" + indent + "}"));
      case List<?> list when !list.isEmpty() ->
          list.stream()
              .map(element -> inner + json(element, inner))
              .collect(Collectors.joining(",\n", "[\n", "\n" + indent + "]"));
      case null -> "null";
      default -> ascii(value);
    };
  }

  private static String ascii(Object value) {
    StringBuilder text = new StringBuilder();
    JSON.writeValueAsString(value)
        .chars()
        .forEach(c -> text.append(c < 0x7f ? String.valueOf((char) c) : "\\u%04x".formatted(c)));
    return text.toString();
  }
}
