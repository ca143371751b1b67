package org.midonet.agent.forward;

import org.midonet.agent.flow.BegunFlow;
import org.midonet.agent.flow.TcpFlags;

/**
 * What connections that templates began have carried with a pool. Immutable, safe to share.
 *
 * @param in octets to members
 * @param out octets from members
 * @param open how many are open
 * @param served how many were begun
 */
record PoolTally(long in, long out, long open, long served) {
  static final PoolTally NONE = new PoolTally(0, 0, 0, 0);

  /** What one has carried; that it was begun is counted with its template. */
  static PoolTally of(Begun.Connection one) {
    BegunFlow there = one.there();
    BegunFlow back = one.back();
    return new PoolTally(
        there == null ? 0 : there.bytes(),
        back == null ? 0 : back.bytes(),
        there != null && isOpen(there.tcpFlags()) ? 1 : 0,
        0);
  }

  static PoolTally served(long begun) {
    return new PoolTally(0, 0, 0, begun);
  }

  /** Whether a connection is made and not ended, by what its client's segments said. */
  static boolean isOpen(int flags) {
    int ended = TcpFlags.FIN | TcpFlags.RST;
    return (flags & TcpFlags.ACK) != 0 && (flags & ended) == 0;
  }

  /** What is there of these when they are no more. */
  PoolTally closed() {
    return new PoolTally(in, out, 0, served);
  }

  PoolTally and(PoolTally other) {
    return new PoolTally(in + other.in, out + other.out, open + other.open, served + other.served);
  }
}
