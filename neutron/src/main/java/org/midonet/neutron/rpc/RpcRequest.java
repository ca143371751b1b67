package org.midonet.neutron.rpc;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.auth.RequestContext;

/**
 * A call or cast as it travels; immutable and safe to share between threads.
 *
 * @param namespace null for all of Neutron's own interfaces
 * @param uniqueId 32 hex digits by which a receiver knows a message it has already had
 * @param replyTo where the answer goes; null for a cast
 */
record RpcRequest(
    String method,
    Map<String, @Nullable Object> args,
    @Nullable String namespace,
    String version,
    RequestContext context,
    String uniqueId,
    @Nullable ReplyTo replyTo) {

  /** The caller's id for the call and the queue it listens on. */
  record ReplyTo(String messageId, String queue) {}
}
