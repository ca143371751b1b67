package org.midonet.cluster.core;

import java.util.ArrayList;
import java.util.List;
import org.midonet.cluster.api.Endpoint;
import org.midonet.topology.ObjectType;
import org.midonet.topology.References;

/** Mirrors, L2 insertions, trace requests and service containers; stateless. */
final class ServiceEndpoints {
  private ServiceEndpoints() {}

  static List<Endpoint> of(Store store) {
    List<Endpoint> all = new ArrayList<>();
    all.addAll(
        new Crud<>(store, Mirrors.MIRRORS)
            .collection(null, Crud.plainly())
            .item()
            .put(Crud.replacing())
            .delete()
            .endpoints());
    all.addAll(
        new Crud<>(store, Mirrors.INSERTIONS)
            .collection(null, Crud.plainly())
            .item()
            .put(Crud.replacing())
            .delete()
            .endpoints());
    all.addAll(
        new Crud<>(store, Mirrors.TRACES)
            .collection(null, Crud.plainly())
            .item()
            .put(Crud.replacing())
            .delete()
            .endpoints());
    all.addAll(
        new Crud<>(store, Containers.GROUPS)
            .collection(null, Crud.plainly())
            .item()
            .put(Crud.replacing())
            .delete()
            .endpoints());
    all.addAll(
        new Crud<>(store, Containers.CONTAINERS)
            .collection(null, Crud.plainly())
            .listBelow(
                "/service_container_groups/{id}/service_containers",
                ObjectType.SERVICE_CONTAINER_GROUP,
                (view, id) ->
                    view.linked(
                        References.SERVICE_CONTAINER_GROUP_SERVICE_CONTAINERS,
                        id,
                        ObjectType.SERVICE_CONTAINER))
            .item()
            .put(Crud.replacing())
            .delete()
            .endpoints());
    return all;
  }
}
