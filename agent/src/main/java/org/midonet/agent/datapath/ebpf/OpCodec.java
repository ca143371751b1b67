package org.midonet.agent.datapath.ebpf;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.midonet.agent.flow.Action;
import org.midonet.packets.IpAddress;
import org.midonet.packets.Ipv4Address;
import org.midonet.packets.Ipv6Address;
import org.midonet.packets.Mac;

/** Actions as the program has them, struct op. Stateless. */
final class OpCodec {
  static final int SIZE = 20;
  static final int FLOW_OPS = 8;
  static final int GROUP_OPS = 64;
  static final int GROUP_SIZE = 8 + GROUP_OPS * SIZE;

  private static final ValueLayout.OfLong NET_LONG =
      JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private static final int OUTPUT = 1;
  private static final int TUNNEL = 2;
  private static final int ETHER = 3;
  private static final int IP4 = 4;
  private static final int IP6_SOURCE = 5;
  private static final int IP6_DESTINATION = 6;
  private static final int PORTS = 7;
  private static final int ICMP_ID = 8;
  private static final int TTL = 9;
  private static final int MTU = 10;
  private static final int SET_VLAN = 11;
  private static final int POP_VLAN = 12;
  private static final int GROUP = 13;
  private static final int DSCP = 14;

  /**
   * One operation. Its data are sixteen octets, here as two numbers in network order; a word of
   * them that is a number itself stands in host order.
   *
   * @param last whether no output follows
   */
  record Op(int kind, boolean last, int argument, long high, long low) {
    static Op group(int id) {
      return new Op(GROUP, false, 0, hostWord(id) << 32, 0);
    }
  }

  private OpCodec() {}

  /** The operations of a list of actions; nothing after the last output. */
  static List<Op> encode(List<Action> actions) {
    int end = actions.size();
    while (end > 0 && !actions.get(end - 1).isOutput()) {
      end--;
    }
    List<Op> ops = new ArrayList<>(end);
    for (int i = 0; i < end; i++) {
      boolean last = i == end - 1;
      switch (actions.get(i)) {
        case Action.Output(int port) -> ops.add(new Op(OUTPUT, last, port(port), 0, 0));
        case Action.Tunnel(Ipv4Address remote, int key) ->
            ops.add(new Op(TUNNEL, last, 0, hostWord(remote.bits()) << 32 | hostWord(key), 0));
        case Action.SetEther(Mac source, Mac destination) ->
            ops.add(
                new Op(
                    ETHER,
                    false,
                    0,
                    destination.value() << 16 | source.value() >>> 32,
                    source.value() << 32));
        case Action.SetIp(IpAddress source, IpAddress destination) ->
            addresses(ops, source, destination);
        case Action.SetPorts(int source, int destination) ->
            ops.add(new Op(PORTS, false, 0, (long) source << 48 | (long) destination << 32, 0));
        case Action.SetIcmpId(int id) -> ops.add(new Op(ICMP_ID, false, id, 0, 0));
        case Action.DecrementTtl(int by) -> ops.add(new Op(TTL, false, by, 0, 0));
        case Action.SetDscp(int dscp) -> ops.add(new Op(DSCP, false, dscp, 0, 0));
        case Action.CheckMtu(int mtu) -> ops.add(new Op(MTU, false, mtu, 0, 0));
        case Action.SetVlan(int id) -> ops.add(new Op(SET_VLAN, false, id, 0, 0));
        case Action.PopVlan() -> ops.add(new Op(POP_VLAN, false, 0, 0, 0));
      }
    }
    return ops;
  }

  /** Which operation sets ports, {@link #FLOW_OPS} if none does. */
  static int portsAt(List<Op> ops) {
    for (int i = 0; i < ops.size(); i++) {
      if (ops.get(i).kind == PORTS) {
        return i;
      }
    }
    return FLOW_OPS;
  }

  /** Number 0 is the overlay's device, which wants a tunnel key: nobody sends there by number. */
  private static int port(int number) {
    return number <= 0 || number >= Ports.MAX ? Ports.MAX : number;
  }

  private static void addresses(List<Op> ops, IpAddress source, IpAddress destination) {
    switch (source) {
      case Ipv4Address v4 -> {
        long to = ((Ipv4Address) destination).bits() & 0xffff_ffffL;
        ops.add(new Op(IP4, false, 0, (long) v4.bits() << 32 | to, 0));
      }
      case Ipv6Address v6 -> {
        Ipv6Address to = (Ipv6Address) destination;
        ops.add(new Op(IP6_SOURCE, false, 0, v6.high(), v6.low()));
        ops.add(new Op(IP6_DESTINATION, false, 0, to.high(), to.low()));
      }
    }
  }

  /** A number such that, written in network order, it stands there in the host's. */
  private static long hostWord(int value) {
    int swapped =
        ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? Integer.reverseBytes(value) : value;
    return swapped & 0xffff_ffffL;
  }

  static void write(List<Op> ops, MemorySegment out, long start) {
    long at = start;
    for (Op op : ops) {
      out.set(JAVA_BYTE, at, (byte) op.kind);
      out.set(JAVA_BYTE, at + 1, (byte) (op.last ? 1 : 0));
      out.set(JAVA_SHORT_UNALIGNED, at + 2, (short) op.argument);
      out.set(NET_LONG, at + 4, op.high);
      out.set(NET_LONG, at + 12, op.low);
      at += SIZE;
    }
  }

  /** A group: operations, and the group that goes on, 0 if none does. */
  static void writeGroup(List<Op> ops, int next, MemorySegment out) {
    out.set(JAVA_INT_UNALIGNED, 0, ops.size());
    out.set(JAVA_INT_UNALIGNED, 4, next);
    write(ops, out, 8);
  }

  /** The group in which operations go on, 0 if they end there. */
  static int groupOf(MemorySegment in, long start, int count) {
    if (count < 1 || count > FLOW_OPS) {
      return 0;
    }
    long last = start + (long) (count - 1) * SIZE;
    return in.get(JAVA_BYTE, last) == GROUP ? in.get(JAVA_INT_UNALIGNED, last + 4) : 0;
  }
}
