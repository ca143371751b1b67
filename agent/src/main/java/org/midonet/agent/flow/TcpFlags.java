package org.midonet.agent.flow;

/**
 * The control bits (RFC 9293 section 3.1) of the segments of one direction of a connection, as far
 * as they tell how far it is. Stateless.
 *
 * <p>What is kept of a direction: {@link #SYN} begins anew, {@link #RST} stands while nothing
 * follows it, {@link #FIN} stays, and {@link #ACK} is of segments that neither open nor reset.
 */
public final class TcpFlags {
  public static final int FIN = 0x01;
  public static final int SYN = 0x02;
  public static final int RST = 0x04;
  public static final int ACK = 0x10;

  private TcpFlags() {}

  /**
   * What is kept after one more segment.
   *
   * @param seen what was kept before it, 0 at first
   * @param segment its control bits
   */
  public static int after(int seen, int segment) {
    if ((segment & SYN) != 0) {
      return SYN;
    }
    int counted = (segment & RST) != 0 ? FIN | RST : FIN | ACK;
    return (seen & ~RST) | (segment & counted);
  }
}
