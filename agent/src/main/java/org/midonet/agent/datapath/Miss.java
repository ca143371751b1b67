package org.midonet.agent.datapath;

import org.jspecify.annotations.Nullable;
import org.midonet.agent.flow.FlowKey;
import org.midonet.packets.Ipv4Address;

/**
 * A packet that came up. Immutable by convention, safe to share: nobody writes to the frame.
 *
 * @param key of the flow that it would have taken; its input tells where it came in
 * @param frame from the destination address, with VLAN tags; of a large send, all of it
 * @param segmentSize octets of payload in each segment that a large send is to be cut into, 0 if it
 *     is an ordinary packet. The checksum of the transport protocol may be left open.
 * @param resent whether the agent itself sent it in
 * @param remote the peer host, if it came by the overlay
 * @param nanos when it came up, on the clock of {@link System#nanoTime}
 */
@SuppressWarnings("ArrayRecordComponent") // misses are not compared, and a copy of each would cost
public record Miss(
    FlowKey key,
    byte[] frame,
    Reason reason,
    int segmentSize,
    boolean resent,
    @Nullable Ipv4Address remote,
    long nanos) {

  /** Why a packet came up. */
  public enum Reason {
    /** There is no flow for it. */
    NO_FLOW,
    /** Packets of its kind have no flows. */
    ALWAYS,
    /** {@code DecrementTtl} would leave nothing. */
    TTL,
    /** {@code CheckMtu} found it too large. */
    MTU
  }
}
