package org.midonet.cluster.core;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.midonet.cluster.api.Endpoint;
import org.midonet.topology.ObjectType;
import org.midonet.topology.References;
import org.midonet.topology.Vip;

/** Load balancers and what belongs to them; stateless. */
final class LbEndpoints {
  private LbEndpoints() {}

  static List<Endpoint> of(Store store) {
    List<Endpoint> all = new ArrayList<>();
    all.addAll(
        new Crud<>(store, Lb.BALANCERS)
            .collection(null, Crud.plainly())
            .item()
            .put(Crud.replacing())
            .delete()
            .endpoints());
    all.addAll(
        new Crud<>(store, Lb.MONITORS)
            .collection(null, Crud.plainly())
            .item()
            .put(Crud.replacing())
            .delete()
            .endpoints());
    all.addAll(pools(store));
    all.addAll(
        new Crud<>(store, Lb.MEMBERS)
            .collection(null, Crud.plainly())
            .belowNaming(
                "poolId",
                "/pools/{id}/pool_members",
                ObjectType.POOL,
                (view, id) -> view.linked(References.POOL_POOL_MEMBERS, id, ObjectType.POOL_MEMBER),
                Crud.plainly())
            .item()
            .put(Crud.replacing())
            .delete()
            .endpoints());
    all.addAll(vips(store));
    return all;
  }

  private static List<Endpoint> pools(Store store) {
    return new Crud<>(store, Lb.POOLS)
        .collection(null, Crud.plainly())
        .belowNaming(
            "loadBalancerId",
            "/load_balancers/{id}/pools",
            ObjectType.LOAD_BALANCER,
            (view, id) -> view.linked(References.LOAD_BALANCER_POOLS, id, ObjectType.POOL),
            Crud.plainly())
        .listBelow(
            "/health_monitors/{id}/pools",
            ObjectType.HEALTH_MONITOR,
            (view, id) -> view.linked(References.HEALTH_MONITOR_POOLS, id, ObjectType.POOL))
        .item()
        .put(Crud.replacing())
        .delete()
        .endpoints();
  }

  private static List<Endpoint> vips(Store store) {
    return new Crud<>(store, Lb.VIPS)
        .collection(null, Crud.plainly())
        .belowNaming(
            "poolId",
            "/pools/{id}/vips",
            ObjectType.POOL,
            (view, id) -> view.linked(References.POOL_VIPS, id, ObjectType.VIP),
            Crud.plainly())
        .listBelow("/load_balancers/{id}/vips", ObjectType.LOAD_BALANCER, LbEndpoints::ofBalancer)
        .item()
        .put(Crud.replacing())
        .delete()
        .endpoints();
  }

  private static List<Vip> ofBalancer(View view, UUID balancerId) {
    return view.all(ObjectType.VIP).stream()
        .filter(vip -> balancerId.equals(view.loadBalancerOf(vip)))
        .toList();
  }
}
