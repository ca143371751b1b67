package org.midonet.neutron.api;

import org.midonet.neutron.http.Response;

/** Answers one method on one path. Implementations are shared between threads. */
@FunctionalInterface
public interface Endpoint {
  /** Answers; refuses by throwing {@link org.midonet.neutron.error.NeutronException}. */
  Response answer(Call call);
}
