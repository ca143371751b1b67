package org.midonet.neutron.tag;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.api.Bodies;
import org.midonet.neutron.api.Call;
import org.midonet.neutron.api.Core;
import org.midonet.neutron.api.Routes;
import org.midonet.neutron.error.NeutronException;
import org.midonet.neutron.http.Response;
import org.midonet.neutron.resource.Attribute;
import org.midonet.neutron.resource.ListValidators;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.resource.Validators;
import org.midonet.neutron.service.Session;

/**
 * The tags of one type's resources as paths of their own; safe to share.
 *
 * <p>Who may update a resource may change its tags; Neutron before 2024 let anybody who saw a
 * shared resource change them.
 */
final class TagEndpoints {
  private final Core core;
  private final ResourceType type;
  private final Attribute<List<String>> attribute;

  TagEndpoints(Core core, ResourceType type) {
    this.core = core;
    this.type = type;
    this.attribute = Tags.of(type);
  }

  void register(Routes routes) {
    String all = "/v2.0/" + type.path() + "/{id}/tags";
    String one = all + "/{tag}";
    routes
        .add("GET", all, this::list)
        .add("PUT", all, this::replace)
        .add("POST", all, call -> unsupported())
        .add("DELETE", all, this::clear)
        .add("GET", one, this::has)
        .add("PUT", one, this::add)
        .add("DELETE", one, this::remove);
  }

  private static Response unsupported() {
    throw new NeutronException(404, "HTTPNotFound", "not supported");
  }

  private Response list(Call call) {
    return Response.json(200, Map.of("tags", read(call)));
  }

  private Response has(Call call) {
    String tag = tag(call);
    if (!read(call).contains(tag)) {
      throw missing(tag);
    }
    return Response.empty(204);
  }

  private Response replace(Call call) {
    Map<String, @Nullable Object> body = Bodies.object(call.request().body());
    if (!body.containsKey("tags")) {
      throw NeutronException.invalidInput("Invalid tags body");
    }
    Object tags = body.get("tags");
    refuse(ListValidators.uniqueStrings(Tags.MAX_LENGTH).validate(tags));
    Set<String> wanted = new TreeSet<>();
    if (tags instanceof List<?> list) {
      list.forEach(tag -> wanted.add(String.valueOf(tag)));
    }
    write(call, present -> wanted);
    return Response.json(200, body);
  }

  private Response clear(Call call) {
    write(call, present -> Set.of());
    return Response.empty(204);
  }

  private Response add(Call call) {
    String tag = tag(call);
    write(
        call,
        present -> {
          Set<String> more = new TreeSet<>(present);
          more.add(tag);
          return more;
        });
    return Response.json(201, (Object) null);
  }

  private Response remove(Call call) {
    String tag = tag(call);
    write(
        call,
        present -> {
          Set<String> less = new TreeSet<>(present);
          if (!less.remove(tag)) {
            throw missing(tag);
          }
          return less;
        });
    return Response.empty(204);
  }

  private List<String> read(Call call) {
    return core.sessions()
        .read(call.context(), s -> find(s, call.variable("id")).get(attribute, List.of()));
  }

  /** Counts a revision if the tags change, as any change of the resource does. */
  private void write(Call call, UnaryOperator<Set<String>> change) {
    core.sessions()
        .write(
            call.context(),
            session -> {
              Resource current = find(session, call.variable("id"));
              core.authorizer().enforceUpdate(session, current, session.changes(type).build());
              Set<String> present = Set.copyOf(current.get(attribute, List.of()));
              Set<String> wanted = change.apply(present);
              Tags.strike(session, current.id(), without(present, wanted));
              Tags.enter(session, current.id(), without(wanted, present));
              Resource.Builder changes = session.changes(type);
              changes.set(attribute, wanted.stream().sorted().toList());
              session.store(current, changes.build());
              return null;
            });
  }

  private static Collection<String> without(Set<String> some, Set<String> others) {
    List<String> rest = new ArrayList<>(some);
    rest.removeAll(others);
    return rest;
  }

  private Resource find(Session session, String id) {
    return session
        .find(type, id)
        .orElseThrow(() ->
            new NeutronException(
                404,
                "TagResourceNotFound",
                "Resource " + type.collection() + " " + id + " could not be found."));
  }

  private static String tag(Call call) {
    String tag = call.variable("tag");
    refuse(Validators.string(Tags.MAX_LENGTH).validate(tag));
    return tag;
  }

  private static void refuse(@Nullable String reason) {
    if (reason != null) {
      throw NeutronException.invalidInput(reason);
    }
  }

  private static NeutronException missing(String tag) {
    return new NeutronException(404, "TagNotFound", "Tag " + tag + " could not be found.");
  }
}
