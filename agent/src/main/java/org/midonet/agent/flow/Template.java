package org.midonet.agent.flow;

import java.util.List;
import java.util.Objects;
import org.midonet.packets.frame.Octets;

/**
 * How connections begin that differ in the client's port alone: the flows of both ways, complete
 * but for that port. Immutable, safe to share.
 *
 * <p>Where the client's port stands is fixed: the source port of the key, of what {@link
 * Action.SetPorts} sets on the way there, and the destination port on the way back. In a template
 * it is zero there.
 *
 * @param key of the first packet
 * @param variants what may become of a connection
 * @param order the variants that connections take one after the other, by their place
 * @param start whose turn is first
 * @param payer the number of the port whose credit a connection takes, 0 for nobody's; that of all
 *     it takes in any case
 * @param cost how much credit a connection takes
 */
public record Template(
    FlowKey key, List<Variant> variants, List<Integer> order, int start, int payer, int cost) {
  /** How many turns the order may have. */
  public static final int MOST_TURNS = 256;

  public static final int MOST_NOTE = 512;

  /**
   * The flows of both ways.
   *
   * @param back the key of the way back
   * @param note what a successor of the agent wants to know of such connections
   */
  public record Variant(Actions there, FlowKey back, Actions actionsBack, Octets note) {
    public Variant {
      if (note.length() > MOST_NOTE) {
        throw new IllegalArgumentException("a note of " + note.length() + " octets");
      }
    }

    /** The same from the flows of one connection. */
    public static Variant of(Actions there, FlowKey back, Actions actionsBack, Octets note) {
      return new Variant(
          withClientPort(there, false, 0),
          withPorts(back, back.sourcePort(), 0),
          withClientPort(actionsBack, true, 0),
          note);
    }
  }

  public Template {
    variants = List.copyOf(variants);
    order = List.copyOf(order);
    if (order.isEmpty() || order.size() > MOST_TURNS || start < 0) {
      throw new IllegalArgumentException("an order of " + order.size() + " from " + start);
    }
    for (int each : order) {
      Objects.checkIndex(each, variants.size());
    }
  }

  /** The variant that a connection takes when so many were begun before it. */
  public int variantAt(long begun) {
    return order.get((int) ((start + begun) % order.size()));
  }

  /** The key of all first packets that differ in their source port alone. */
  public static FlowKey pattern(FlowKey first) {
    return withPorts(first, 0, first.destinationPort());
  }

  /** The key of the way there of a client's connection. */
  public FlowKey there(int clientPort) {
    return withPorts(key, clientPort, key.destinationPort());
  }

  /** The key of the way back of a client's connection. */
  public FlowKey back(int variant, int clientPort) {
    FlowKey back = variants.get(variant).back;
    return withPorts(back, back.sourcePort(), clientPort);
  }

  /** The actions of one way of a client's connection. */
  public Actions actions(int variant, boolean isBack, int clientPort) {
    Variant of = variants.get(variant);
    return withClientPort(isBack ? of.actionsBack : of.there, isBack, clientPort);
  }

  private static Actions withClientPort(Actions actions, boolean isBack, int clientPort) {
    return new Actions(
        actions.list().stream()
            .map(action ->
                action instanceof Action.SetPorts(int source, int destination)
                    ? new Action.SetPorts(
                        isBack ? source : clientPort, isBack ? clientPort : destination)
                    : action)
            .toList());
  }

  private static FlowKey withPorts(FlowKey key, int sourcePort, int destinationPort) {
    return new FlowKey(
        key.input(),
        key.source(),
        key.destination(),
        key.vlan(),
        key.etherType(),
        key.ipSource(),
        key.ipDestination(),
        key.protocol(),
        key.trafficClass(),
        key.fragment(),
        sourcePort,
        destinationPort);
  }
}
