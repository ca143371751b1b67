package org.midonet.cluster.core;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.midonet.cluster.api.Answers;
import org.midonet.cluster.api.Call;
import org.midonet.cluster.api.Endpoint;
import org.midonet.neutron.http.Response;
import org.midonet.nsdb.Operation;
import org.midonet.topology.ObjectType;
import org.midonet.topology.TopologyObject;

/**
 * Makes the endpoints of a resource out of what its table says; used by one thread while the API is
 * put together.
 *
 * @param <T> the stored object
 * @param <B> its builder
 */
final class Crud<T extends TopologyObject, B> {
  private static final String ID = "id";

  /** What a create does beyond storing the object. */
  interface Creation<T> {
    /** The operations, which begin with the one that stores the object. */
    List<Operation> operations(T object, View view, Map<String, @Nullable Object> json);
  }

  /** What an update does. */
  interface Update<T> {
    List<Operation> operations(T before, T after, View view, Map<String, @Nullable Object> json);
  }

  private final Store store;
  private final Resource<T, B> resource;
  private final List<Endpoint> endpoints = new ArrayList<>();

  Crud(Store store, Resource<T, B> resource) {
    this.store = store;
    this.resource = resource;
  }

  /** Storing the object and nothing else. */
  static <T extends TopologyObject> Creation<T> plainly() {
    return (object, view, json) -> List.of(new Operation.Create(object));
  }

  /** Replacing the object and nothing else. */
  static <T extends TopologyObject> Update<T> replacing() {
    return (before, after, view, json) -> List.of(new Operation.Update(after));
  }

  List<Endpoint> endpoints() {
    return List.copyOf(endpoints);
  }

  /** The collection: GET lists, POST creates. */
  Crud<T, B> collection(@Nullable Function<T, @Nullable String> tenant, Creation<T> creation) {
    endpoints.add(listing(tenant).post(resource.itemTypes(), call -> create(call, creation)));
    return this;
  }

  /** The collection without POST. */
  Crud<T, B> list() {
    endpoints.add(listing(null));
    return this;
  }

  private Endpoint listing(@Nullable Function<T, @Nullable String> tenant) {
    return Endpoint.core(resource.path())
        .get(
            resource.listTypes(),
            call -> {
              View view = store.view(call.links());
              List<T> all = new ArrayList<>(view.all(resource.type()));
              String wanted = tenant == null ? null : call.query("tenant_id").orElse(null);
              if (tenant != null && wanted != null) {
                all.removeIf(object -> !wanted.equals(tenant.apply(object)));
              }
              all.sort(Comparator.comparing(TopologyObject::id));
              return show(all, view);
            });
  }

  /**
   * The objects below another one, where new ones can be made.
   *
   * @param path with {@code {id}} for the other object's id
   * @param preset tells a new object whose it is
   */
  Crud<T, B> below(
      String path,
      ObjectType<?> parent,
      BiFunction<View, UUID, List<T>> children,
      BiConsumer<B, UUID> preset,
      Creation<T> creation) {
    return below(path, parent, children, preset, null, creation);
  }

  /** The same where the other object's id stands for a field that is needed otherwise. */
  Crud<T, B> belowNaming(
      String field,
      String path,
      ObjectType<?> parent,
      BiFunction<View, UUID, List<T>> children,
      Creation<T> creation) {
    return below(path, parent, children, (builder, id) -> {}, field, creation);
  }

  /** The objects below another one, to be listed only. */
  Crud<T, B> listBelow(
      String path, ObjectType<?> parent, BiFunction<View, UUID, List<T>> children) {
    return below(path, parent, children, null, null, plainly());
  }

  private Crud<T, B> below(
      String path,
      ObjectType<?> parent,
      BiFunction<View, UUID, List<T>> children,
      @Nullable BiConsumer<B, UUID> preset,
      @Nullable String field,
      Creation<T> creation) {
    Endpoint endpoint =
        Endpoint.core(path)
            .get(
                resource.listTypes(),
                call -> {
                  UUID id = call.id(ID, parent.name());
                  View view = store.view(call.links());
                  view.need(parent, id);
                  return show(children.apply(view, id), view);
                });
    if (preset != null) {
      endpoint.post(
          resource.itemTypes(),
          call -> {
            UUID id = call.id(ID, parent.name());
            store.view(call.links()).need(parent, id);
            Map<String, @Nullable Object> json = call.object();
            if (field != null) {
              json.put(field, id.toString());
            }
            return create(
                call, json, resource.create(json, builder -> preset.accept(builder, id)), creation);
          });
    }
    endpoints.add(endpoint);
    return this;
  }

  /** One object: GET shows it. */
  Item item() {
    return new Item();
  }

  /** What can be done with one object. */
  final class Item {
    private final Endpoint endpoint;

    private Item() {
      endpoint =
          Endpoint.core(resource.path() + "/{id}")
              .get(
                  resource.itemTypes(),
                  call -> {
                    View view = store.view(call.links());
                    return resource.show(
                        view.need(resource.type(), call.id(ID, resource.type().name())), view);
                  });
    }

    /** PUT replaces it. */
    Item put(Update<T> update) {
      return put(update, 204);
    }

    /** PUT replaces it, and is answered with this status. */
    Item put(Update<T> update, int status) {
      endpoint.put(
          resource.itemTypes(),
          call -> {
            change(call, update);
            return Response.empty(status);
          });
      return this;
    }

    /** DELETE of what is not there is answered with 404. */
    Item deleteKnown() {
      return delete(
          (view, id) -> {
            view.need(resource.type(), id);
            return List.of(new Operation.Delete(resource.type(), id));
          },
          204);
    }

    /** DELETE of what is not there does nothing, successfully. */
    Item delete() {
      return delete(
          (view, id) ->
              view.find(resource.type(), id) == null
                  ? List.of()
                  : List.of(new Operation.Delete(resource.type(), id)),
          204);
    }

    Item delete(BiFunction<View, UUID, List<Operation>> removal, int status) {
      endpoint.delete(call -> {
        UUID id = call.id(ID, resource.type().name());
        store.write(call.links(), view -> removal.apply(view, id));
        return Response.empty(status);
      });
      return this;
    }

    /** There is no more to it. */
    List<Endpoint> endpoints() {
      endpoints.add(endpoint);
      return Crud.this.endpoints();
    }

    /** Such objects are never replaced. */
    List<Endpoint> neverReplaced() {
      endpoint.neverPut();
      return endpoints();
    }
  }

  private Response create(Call call, Creation<T> creation) {
    Map<String, @Nullable Object> json = call.object();
    return create(call, json, resource.create(json, builder -> {}), creation);
  }

  private Response create(
      Call call, Map<String, @Nullable Object> json, T object, Creation<T> creation) {
    store.write(call.links(), view -> creation.operations(object, view, json));
    return Answers.created(call.links().to(resource.path(object.id())));
  }

  private void change(Call call, Update<T> update) {
    UUID id = call.id(ID, resource.type().name());
    Map<String, @Nullable Object> json = call.object();
    store.write(
        call.links(),
        view -> {
          T before = view.need(resource.type(), id);
          return update.operations(before, resource.update(before, json), view, json);
        });
  }

  private List<Map<String, @Nullable Object>> show(List<T> objects, View view) {
    return objects.stream().map(object -> resource.show(object, view)).toList();
  }
}
