package org.midonet.cluster.golden;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Requests to a real MidoNet, with the topology that they made at some moments. */
record Recording(String name, List<Step> steps) {

  /** One thing that was done. */
  sealed interface Step {
    int number();
  }

  /** A request; its answer was not kept. */
  record Call(
      int number, String method, String path, @Nullable String mediaType, @Nullable Object body)
      implements Step {}

  /** The topology as the REST resources showed it. */
  record Dump(int number, Map<String, Object> topology) implements Step {}

  static Recording read(String name) {
    Map<String, Object> file;
    try (InputStream in =
        Recording.class.getResourceAsStream("/midonet-golden/" + name + ".json")) {
      file = object(JsonMapper.shared().readValue(Objects.requireNonNull(in, name), Map.class));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<Step> steps = new ArrayList<>();
    for (Object raw : (List<?>) Objects.requireNonNull(file.get("steps"))) {
      Map<String, Object> step = object(raw);
      int number = steps.size();
      if (step.containsKey("dump")) {
        steps.add(new Dump(number, object(step.get("dump"))));
      } else {
        steps.add(
            new Call(
                number,
                String.valueOf(step.get("method")),
                String.valueOf(step.get("path")),
                (String) step.get("media_type"),
                step.get("body")));
      }
    }
    return new Recording(name, List.copyOf(steps));
  }

  static Map<String, Object> object(@Nullable Object raw) {
    Map<String, Object> object = new LinkedHashMap<>();
    ((Map<?, ?>) Objects.requireNonNull(raw))
        .forEach((key, value) -> object.put(String.valueOf(key), value));
    return object;
  }
}
