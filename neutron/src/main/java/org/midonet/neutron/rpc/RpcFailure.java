package org.midonet.neutron.rpc;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.error.NeutronException;

/**
 * An exception in the form oslo.messaging sends it; immutable and safe to share between threads.
 *
 * <p>An agent written in Python looks at the class name: it becomes {@code RemoteError.exc_type}.
 *
 * @param type the exception's class
 * @param module the Python module of the class
 */
record RpcFailure(String type, String module, String message) {

  /** Describes what a handler threw. The stack stays in our log: it would tell an agent nothing. */
  static RpcFailure of(Throwable thrown) {
    String message = thrown.getMessage() == null ? thrown.toString() : thrown.getMessage();
    return switch (thrown) {
      case RpcDispatcher.Refused refused ->
          new RpcFailure(refused.type(), "oslo_messaging.rpc.dispatcher", message);
      case NeutronException refusal ->
          new RpcFailure(refusal.type(), "neutron_lib.exceptions", message);
      case RpcArgs.BadArgument _ -> new RpcFailure("TypeError", "builtins", message);
      default -> new RpcFailure(thrown.getClass().getSimpleName(), "org.midonet", message);
    };
  }

  Map<String, @Nullable Object> toMap() {
    return Map.of(
        "class",
        type,
        "module",
        module,
        "message",
        message,
        "tb",
        List.of(),
        "args",
        List.of(message),
        "kwargs",
        Map.of());
  }

  static RpcFailure fromMap(Map<String, @Nullable Object> map) {
    return new RpcFailure(
        String.valueOf(map.getOrDefault("class", "Exception")),
        String.valueOf(map.getOrDefault("module", "builtins")),
        String.valueOf(map.getOrDefault("message", "")));
  }
}
