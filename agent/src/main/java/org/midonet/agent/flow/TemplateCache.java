package org.midonet.agent.flow;

import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What begins connections by templates, without asking. Safe to share between threads.
 *
 * <p>A packet without a flow that may begin a connection, a TCP segment with SYN and without ACK,
 * RST and FIN or a datagram of UDP, that came in by a device and is no fragment, is looked up by
 * its key without the source port. Where there is a template and credit for it, the flows of both
 * ways are made and the packet goes by them. Otherwise it comes up. Slots are numbered from 1.
 */
public interface TemplateCache {
  /** The account of all connections. */
  int ALL = 0;

  /** How many slots there are. */
  int slots();

  /**
   * Begins connections by a template from now on. The slot must be free.
   *
   * @return false if there is no room
   */
  boolean install(int slot, Template template);

  /** Begins no connections by a template any more; those that it has begun go on. */
  void retire(int slot);

  /**
   * Lets no packet go by the flows of a template any more, all at once: they come up. The flows are
   * there still for {@link #forEachBegun}.
   */
  void kill(int slot);

  /** Makes a slot free. Flows of the template that are there still are forgotten. */
  void free(int slot);

  /** How many connections a template has begun. */
  long begun(int slot);

  /** Visits the flows that templates have made, killed ones too, in no order. */
  void forEachBegun(Consumer<BegunFlow> visitor);

  /** The flow of a key if a template made it, null if not. */
  @Nullable BegunFlow begun(FlowKey key);

  /**
   * Takes out the flow of a key if a template made it.
   *
   * @return what it had carried until then, null if there was none
   */
  @Nullable BegunFlow takeOut(FlowKey key);

  /** How much credit a port has, or {@link #ALL} together; none at first. */
  long credit(int account);

  /** Gives credit, or takes it where less than nothing is given. */
  void addCredit(int account, long more);

  /**
   * The templates of a process before this one, which begin no connections any more, by slot. What
   * their flows do is not told.
   */
  Map<Integer, Template> adopted();
}
