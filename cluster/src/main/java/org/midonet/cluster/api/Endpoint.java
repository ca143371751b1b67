package org.midonet.cluster.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.http.Response;

/**
 * What can be done at one path; built by one thread, then safe to share. Methods that are not named
 * are answered with 405.
 */
public final class Endpoint {
  private static final List<String> ORDER =
      List.of("HEAD", "DELETE", "GET", "OPTIONS", "POST", "PUT");

  /** A method with the types of its body, none meaning that there is no body to read. */
  private record Action(List<String> types, Function<Call, Response> answer) {}

  private final String template;
  private final List<String> segments;
  private final Negotiation negotiation;
  private final Map<String, Action> actions = new LinkedHashMap<>();
  private final List<String> withoutAllow = new ArrayList<>();

  private Endpoint(String template, Negotiation negotiation) {
    this.template = template;
    this.segments = split(template);
    this.negotiation = negotiation;
  }

  /** A resource of the virtual topology; variable parts of the path stand in braces. */
  public static Endpoint core(String template) {
    return new Endpoint(template, Negotiation.CORE);
  }

  /** A resource that mirrors one of Neutron's. */
  public static Endpoint neutron(String template) {
    return new Endpoint(template, Negotiation.NEUTRON);
  }

  /**
   * Answers GET with what {@code entity} returns, as JSON.
   *
   * @param types on offer, the first being the one for those who do not care
   */
  public Endpoint get(List<String> types, Function<Call, @Nullable Object> entity) {
    actions.put(
        "GET",
        new Action(
            List.of(),
            call -> {
              String type = negotiation.choose(call.request().header("Accept"), types);
              return type == null
                  ? Response.empty(406)
                  : Answers.entity(200, type, entity.apply(call));
            }));
    return this;
  }

  /**
   * Answers POST.
   *
   * @param types of bodies that are understood
   */
  public Endpoint post(List<String> types, Function<Call, Response> answer) {
    actions.put("POST", new Action(types, answer));
    return this;
  }

  /** Answers PUT, as {@link #post}. */
  public Endpoint put(List<String> types, Function<Call, Response> answer) {
    actions.put("PUT", new Action(types, answer));
    return this;
  }

  /** Answers DELETE; a body is not read. */
  public Endpoint delete(Function<Call, Response> answer) {
    actions.put("DELETE", new Action(List.of(), answer));
    return this;
  }

  /** Answers PUT with a bare 405, as MidoNet does for objects that are never updated. */
  public Endpoint neverPut() {
    withoutAllow.add("PUT");
    return this;
  }

  /** The path with its variable parts in braces. */
  public String template() {
    return template;
  }

  List<String> segments() {
    return segments;
  }

  Response answer(Call call) {
    String method = call.request().method().equals("HEAD") ? "GET" : call.request().method();
    Action action = actions.get(method);
    if (action == null) {
      return Answers.notAllowed(withoutAllow.contains(method) ? List.of() : allowed());
    }
    if (!action.types().isEmpty()
        && !negotiation.understands(call.request().header("Content-Type"), action.types())) {
      return Response.empty(negotiation.unknownBody());
    }
    return action.answer().apply(call);
  }

  private List<String> allowed() {
    return ORDER.stream()
        .filter(method ->
            method.equals("OPTIONS")
                || actions.containsKey(method)
                || withoutAllow.contains(method)
                || (method.equals("HEAD") && actions.containsKey("GET")))
        .toList();
  }

  static List<String> split(String path) {
    List<String> segments = new ArrayList<>(List.of(path.split("/", -1)));
    segments.removeIf(String::isEmpty);
    return List.copyOf(segments);
  }
}
