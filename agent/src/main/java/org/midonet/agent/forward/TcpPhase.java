package org.midonet.agent.forward;

import java.util.Collection;
import org.midonet.agent.flow.FlowStatistics;
import org.midonet.agent.flow.TcpFlags;
import org.midonet.agent.state.Phase;

/** Tells how far a TCP connection is by what its flows have carried. Stateless. */
final class TcpPhase {
  private TcpPhase() {}

  /**
   * The phase of a connection.
   *
   * @param ways of its flows; where another host forwards the answers, those of one way alone
   */
  static Phase of(Collection<FlowStatistics> ways) {
    int all = 0;
    int ended = 0;
    for (FlowStatistics way : ways) {
      all |= way.tcpFlags();
      ended += fins(way.tcpFlags());
    }
    return phase(all, ended);
  }

  /** The same by what the segments of either way said, as {@link TcpFlags} keeps it. */
  static Phase of(int there, int back) {
    return phase(there | back, fins(there) + fins(back));
  }

  private static int fins(int flags) {
    return (flags & TcpFlags.FIN) == 0 ? 0 : 1;
  }

  private static Phase phase(int all, int ended) {
    if ((all & TcpFlags.RST) != 0 || ended > 1) {
      return Phase.CLOSED;
    }
    if (ended > 0) {
      return Phase.HALF_CLOSED;
    }
    return (all & TcpFlags.ACK) != 0 ? Phase.ESTABLISHED : Phase.ACTIVE;
  }
}
