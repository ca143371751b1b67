package org.midonet.neutron.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.error.NeutronException;
import org.midonet.neutron.http.Response;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceDefinition;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.service.ListQuery;
import org.midonet.neutron.service.ResourceService;
import org.midonet.neutron.service.Session;

/** List, show, create (one or many), update and delete of one resource type; safe to share. */
final class ResourceController {
  private final Core core;
  private final ResourceDefinition definition;
  private final ResourceType type;
  private final String getAction;

  ResourceController(Core core, ResourceDefinition definition) {
    this.core = core;
    this.definition = definition;
    this.type = definition.type();
    this.getAction = "get_" + type.name();
  }

  /** Neutron takes hyphens and underscores in the names of collections for the same. */
  void register(Routes routes) {
    Stream.of(type.path().replace('_', '-'), type.path().replace('-', '_'))
        .distinct()
        .forEach(path -> register(routes, "/v2.0/" + path));
  }

  private void register(Routes routes, String collection) {
    String item = collection + "/{id}";
    routes
        .add("GET", collection, this::list)
        .add("POST", collection, this::create)
        .add("PUT", collection, call -> nothing())
        .add("DELETE", collection, call -> nothing())
        .add("GET", item, this::show)
        .add("PUT", item, this::update)
        .add("DELETE", item, this::delete);
  }

  private Response nothing() {
    throw type.notFound("None");
  }

  private Response list(Call call) {
    Query query = Query.parse(definition, call.request().query(), core.options());
    Optional<Response> answer = core.sessions().read(call.context(), s -> page(s, call, query));
    return answer.orElseGet(() ->
        core.sessions()
            .write(
                call.context(),
                session -> {
                  ResourceService service = core.services().of(type);
                  service.supply(session, query.resolve(definition, session));
                  return page(session, call, query).orElseThrow();
                }));
  }

  /** The page, or nothing if the service must supply something first. */
  private Optional<Response> page(Session session, Call call, Query query) {
    ListQuery wanted = query.resolve(definition, session);
    if (core.services().of(type).lacks(session, wanted)) {
      return Optional.empty();
    }
    View.Listing page = view(session, query.fields()).listing();
    Links links = new Links();
    session.list(
        type,
        wanted,
        resource -> {
          links.count(resource);
          if (core.authorizer().allows(session, getAction, resource)) {
            page.add(resource);
          }
        });
    return Optional.of(Response.json(200, page.end(links.of(call.request(), query))));
  }

  private Response show(Call call) {
    Query query = Query.parse(definition, call.request().query(), ApiOptions.DEFAULT);
    return core.sessions()
        .read(
            call.context(),
            session -> {
              Resource resource = session.get(type, call.variable("id"));
              if (!core.authorizer().allows(session, getAction, resource)) {
                throw NeutronException.notFound();
              }
              return Response.json(200, view(session, query.fields()).one(resource));
            });
  }

  private Response create(Call call) {
    Bodies.Items body = Bodies.items(definition, call.request().body());
    if (body.bulk() && !core.options().bulk()) {
      throw NeutronException.badRequest("Bulk operation not supported");
    }
    List<Resource> inputs = new ArrayList<>();
    for (Map<String, @Nullable Object> item : body.items()) {
      inputs.add(Bodies.create(definition, call.context(), item));
    }
    return core.sessions()
        .write(
            call.context(),
            session -> {
              for (Resource input : inputs) {
                core.authorizer().enforceCreate(session, type, input);
              }
              core.quotas().reserve(session, type, inputs);
              core.services().of(type).precreate(session, inputs);
              List<Resource> made = new ArrayList<>();
              for (Resource input : inputs) {
                made.add(session.create(type, input));
              }
              View view = view(session, Set.of());
              return Response.json(201, body.bulk() ? view.many(made) : view.one(made.getFirst()));
            });
  }

  private Response update(Call call) {
    Map<String, @Nullable Object> item =
        Bodies.item(definition, Bodies.object(call.request().body()));
    Resource changes = Bodies.update(definition, item);
    Optional<Long> revision = IfMatch.revision(core, call.request());
    return core.sessions()
        .write(
            call.context(),
            session -> {
              Resource current = session.get(type, call.variable("id"));
              core.authorizer().enforceUpdate(session, current, changes);
              revision.ifPresent(wanted -> IfMatch.check(wanted, current));
              return Response.json(
                  200, view(session, Set.of()).one(session.update(current, changes)));
            });
  }

  private Response delete(Call call) {
    Optional<Long> revision = IfMatch.revision(core, call.request());
    return core.sessions()
        .write(
            call.context(),
            session -> {
              Resource current = session.get(type, call.variable("id"));
              core.authorizer().enforceDelete(session, current);
              revision.ifPresent(wanted -> IfMatch.check(wanted, current));
              session.delete(current);
              return Response.empty(204);
            });
  }

  private View view(Session session, Set<String> fields) {
    return new View(definition, fields, core.authorizer().visibility(session, definition));
  }
}
