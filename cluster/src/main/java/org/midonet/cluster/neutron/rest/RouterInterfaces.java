package org.midonet.cluster.neutron.rest;

import java.util.List;
import java.util.function.Function;
import org.midonet.cluster.api.Answers;
import org.midonet.cluster.api.Call;
import org.midonet.cluster.api.Endpoint;
import org.midonet.cluster.api.Media;
import org.midonet.cluster.neutron.NeutronModel;
import org.midonet.cluster.translation.NeutronOperation;
import org.midonet.neutron.http.Response;
import org.midonet.topology.ObjectType;

/**
 * The paths by which a router joins subnets and leaves them; safe to share between threads. The id
 * in the body is the router's; that in the path does not count.
 */
record RouterInterfaces(Tell tell) {
  private static final List<String> TYPE = List.of(Media.neutron("RouterInterface"));

  Endpoint add() {
    return path("add_router_interface", NeutronOperation.Create::new);
  }

  Endpoint remove() {
    return path("remove_router_interface", NeutronOperation.Update::new);
  }

  private Endpoint path(String verb, Function<NeutronModel, NeutronOperation> operation) {
    return Endpoint.neutron("/neutron/routers/{id}/" + verb)
        .put(TYPE, call -> tell(call, operation));
  }

  private Response tell(Call call, Function<NeutronModel, NeutronOperation> operation) {
    NeutronModel model = tell.read(ObjectType.NEUTRON_ROUTER_INTERFACE, call.object());
    tell.tell(List.of(operation.apply(model)));
    return Answers.noContent();
  }
}
