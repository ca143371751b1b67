package org.midonet.neutron.rpc;

import org.jspecify.annotations.Nullable;

/**
 * An answer to a call; immutable and safe to share between threads.
 *
 * @param messageId the call it answers
 * @param ending whether nothing follows; older senders send the result first and the end after it
 */
record RpcReply(
    String messageId,
    String uniqueId,
    @Nullable Object result,
    @Nullable RpcFailure failure,
    boolean ending) {}
