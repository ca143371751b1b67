package org.midonet.agent.datapath;

import java.util.Map;
import java.util.function.Consumer;
import org.midonet.agent.flow.Actions;
import org.midonet.agent.flow.FlowCache;
import org.midonet.agent.flow.TemplateCache;

/**
 * A host's forwarding. Safe to share between threads, but one thread at a time polls.
 *
 * <p>A packet that enters an attached device, or comes from a peer by the overlay, is looked up
 * among the flows and gets the actions found. Without a flow it comes up as a {@link Miss} and goes
 * no further, until the agent sends it on.
 */
public interface Datapath extends FlowCache, AutoCloseable {

  /**
   * Takes a device in: from now on all that it receives goes by flows. A device that is in already
   * keeps its number.
   *
   * @return its number, from 1
   * @throws DatapathException if there is no such device
   */
  int attach(String device);

  /**
   * Lets a device go, or forgets one that has left the host; its packets are the host's again.
   * Flows from it are the caller's to remove. An unknown number does no harm.
   */
  void detach(int port);

  /** The attached devices by number, those of a process before this one too. */
  Map<Integer, String> ports();

  /**
   * Gives misses to a handler, as many as are there.
   *
   * @param timeoutMillis how long to wait for the first
   * @return how many there were
   */
  int poll(Consumer<Miss> handler, long timeoutMillis);

  /**
   * Sends a packet on that came up: it is looked up again as if it had just come in. The actions of
   * its flow find it as it was, large sends and checksums left open included.
   */
  void resend(Miss miss);

  /**
   * Sends a packet. Checks among the actions that fail drop it.
   *
   * @param frame from the destination address, with VLAN tags and checksums filled in
   */
  void emit(byte[] frame, Actions actions);

  /** Applies actions to a packet that came up, as {@link #emit} does; its flow is not asked. */
  void emit(Miss miss, Actions actions);

  /** What begins connections here without asking. */
  TemplateCache templates();

  DatapathCounters counters();

  /** Stops this process's part and leaves the forwarding to go on, for a successor to take over. */
  void leave();

  /** Stops forwarding: all devices are as they were before. */
  @Override
  void close();
}
