package org.midonet.cluster.core;

import java.util.ArrayList;
import java.util.List;
import org.midonet.cluster.api.ApiAuth;
import org.midonet.cluster.api.Endpoint;
import org.midonet.nsdb.Nsdb;

/** All core resources of the API; stateless. */
public final class CoreEndpoints {
  private CoreEndpoints() {}

  /** The endpoints of a topology store; the authenticator is asked for the tenants. */
  public static List<Endpoint> of(Nsdb nsdb, ApiAuth auth) {
    Store store = new Store(nsdb);
    List<Endpoint> all = new ArrayList<>();
    all.addAll(SystemEndpoints.of(auth));
    all.addAll(DeviceEndpoints.of(store));
    all.addAll(PortEndpoints.of(store));
    all.addAll(PolicyEndpoints.of(store));
    all.addAll(GroupEndpoints.of(store));
    all.addAll(TableEndpoints.of(store));
    all.addAll(DhcpEndpoints.of(store));
    all.addAll(DhcpV6Endpoints.of(store));
    all.addAll(HostEndpoints.of(store));
    all.addAll(TunnelZoneEndpoints.of(store));
    all.addAll(LbEndpoints.of(store));
    all.addAll(QosEndpoints.of(store));
    all.addAll(ServiceEndpoints.of(store));
    all.addAll(VtepEndpoints.of(store));
    return List.copyOf(all);
  }
}
