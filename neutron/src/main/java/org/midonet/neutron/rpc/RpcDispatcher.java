package org.midonet.neutron.rpc;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the method a request is for and runs it; immutable and safe to share between threads. */
final class RpcDispatcher {
  private final List<RpcEndpoint> endpoints;

  RpcDispatcher(List<RpcEndpoint> endpoints) {
    this.endpoints = List.copyOf(endpoints);
  }

  /** Thrown for a request that no endpoint serves; type and text are oslo.messaging's. */
  static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String type;

    private Refused(String type, String message) {
      super(message);
      this.type = type;
    }

    String type() {
      return type;
    }
  }

  /** Returns the method's result; throws what it throws, or {@link Refused}. */
  @Nullable Object dispatch(RpcRequest request) throws Exception {
    boolean compatible = false;
    for (RpcEndpoint endpoint : endpoints) {
      if (!endpoint.accepts(request.namespace(), request.version())) {
        continue;
      }
      compatible = true;
      RpcEndpoint.Method method = endpoint.methods().get(request.method());
      if (method != null) {
        return method.call(request.context(), new RpcArgs(request.args()));
      }
    }
    if (compatible) {
      throw new Refused("NoSuchMethod", "Endpoint does not support RPC method " + request.method());
    }
    throw new Refused(
        "UnsupportedVersion",
        "Endpoint does not support RPC version %s. Attempted method: %s"
            .formatted(request.version(), request.method()));
  }
}
