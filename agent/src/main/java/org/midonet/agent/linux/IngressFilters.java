package org.midonet.agent.linux;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Filters of tc(8) by which a BPF program sees what devices receive, in the namespace in which this
 * was opened. Safe to share between threads. What the kernel refuses is a {@link LinuxException}.
 *
 * <p>They are of one name and known by it: another's filters are left alone, and so is a device
 * whose clsact or ingress qdisc is another's. They outlive the process.
 */
public final class IngressFilters implements AutoCloseable {
  private static final int RTM_NEWQDISC = 36;
  private static final int RTM_DELQDISC = 37;
  private static final int RTM_GETQDISC = 38;
  private static final int RTM_NEWTFILTER = 44;
  private static final int RTM_DELTFILTER = 45;
  private static final int RTM_GETTFILTER = 46;
  private static final int NLM_F_REPLACE = 0x100;
  private static final int REQUEST = Netlink.NLM_F_REQUEST | Netlink.NLM_F_ACK;
  private static final int DUMP = Netlink.NLM_F_REQUEST | Netlink.NLM_F_DUMP;

  private static final int QDISC = 0xffff_0000;
  private static final int QDISC_PARENT = 0xffff_fff1;
  private static final int INGRESS = 0xffff_fff2;
  private static final int EGRESS = 0xffff_fff3;

  private static final int TCMSG_LENGTH = 20;
  private static final int TCA_KIND = 1;
  private static final int TCA_OPTIONS = 2;
  private static final int TCA_BPF_FD = 6;
  private static final int TCA_BPF_NAME = 7;
  private static final int TCA_BPF_FLAGS = 8;
  private static final int DIRECT_ACTION = 1;

  /** Before all others, of frames of any type (ETH_P_ALL in network order). */
  private static final int FIRST_OF_ALL =
      1 << 16 | Short.toUnsignedInt(Short.reverseBytes((short) 3));

  private static final int HANDLE = 1;

  private final Netlink netlink = new Netlink(0);
  private final String name;

  /**
   * Opens a socket for them.
   *
   * @param name what they are told by from those of others
   */
  public IngressFilters(String name) {
    this.name = name;
  }

  /** The devices that have one, by index. */
  public synchronized Set<Integer> find() {
    Set<Integer> candidates = new HashSet<>();
    netlink.request(
        "list qdiscs",
        new NetlinkMessage(RTM_GETQDISC, DUMP).traffic(0, 0, 0, 0),
        (_, content) -> {
          int at = content.position();
          if (content.getInt(at + 12) == QDISC_PARENT) {
            candidates.add(content.getInt(at + 4));
          }
        });
    candidates.removeIf(ifindex -> !names(ifindex, INGRESS).contains(name));
    return candidates;
  }

  /**
   * Has a program see what a device receives.
   *
   * @throws LinuxException with EEXIST if the device's qdisc is somebody else's
   */
  public synchronized void add(int ifindex, int program) {
    NetlinkMessage clsact =
        new NetlinkMessage(RTM_NEWQDISC, REQUEST | Netlink.NLM_F_CREATE | Netlink.NLM_F_EXCL)
            .traffic(ifindex, QDISC, QDISC_PARENT, 0)
            .attribute(TCA_KIND, "clsact");
    netlink.request("add a qdisc to link " + ifindex, clsact, null);
    try {
      put(ifindex, program, Netlink.NLM_F_EXCL);
    } catch (LinuxException e) {
      removeQdisc(ifindex);
      throw e;
    }
  }

  /** Swaps the program of a filter that is there; no packet goes past both. */
  public synchronized void replace(int ifindex, int program) {
    put(ifindex, program, NLM_F_REPLACE);
  }

  private void put(int ifindex, int program, int flag) {
    NetlinkMessage message =
        new NetlinkMessage(RTM_NEWTFILTER, REQUEST | Netlink.NLM_F_CREATE | flag)
            .traffic(ifindex, HANDLE, INGRESS, FIRST_OF_ALL)
            .attribute(TCA_KIND, "bpf")
            .nested(
                TCA_OPTIONS,
                options ->
                    options
                        .attribute(TCA_BPF_FD, program)
                        .attribute(TCA_BPF_NAME, name)
                        .attribute(TCA_BPF_FLAGS, DIRECT_ACTION));
    netlink.request("put a filter on link " + ifindex, message, null);
  }

  /**
   * Takes a filter away that is there, and the qdisc with it unless somebody else has filters in
   * it. The device may be gone.
   */
  public synchronized void remove(int ifindex) {
    try {
      NetlinkMessage message =
          new NetlinkMessage(RTM_DELTFILTER, REQUEST)
              .traffic(ifindex, HANDLE, INGRESS, FIRST_OF_ALL)
              .attribute(TCA_KIND, "bpf");
      netlink.request("take the filter off link " + ifindex, message, null);
      if (names(ifindex, INGRESS).isEmpty() && names(ifindex, EGRESS).isEmpty()) {
        removeQdisc(ifindex);
      }
    } catch (LinuxException e) {
      if (e.errno() != LinuxException.ENODEV) {
        throw e;
      }
    }
  }

  private void removeQdisc(int ifindex) {
    NetlinkMessage message =
        new NetlinkMessage(RTM_DELQDISC, REQUEST).traffic(ifindex, QDISC, QDISC_PARENT, 0);
    netlink.request("take the qdisc off link " + ifindex, message, null);
  }

  /** The names of the filters of a device; empty where a filter has none. */
  private List<String> names(int ifindex, int parent) {
    List<String> names = new ArrayList<>();
    NetlinkMessage message =
        new NetlinkMessage(RTM_GETTFILTER, DUMP).traffic(ifindex, 0, parent, 0);
    netlink.request(
        "list the filters of link " + ifindex,
        message,
        (_, content) -> {
          String[] found = {""};
          content.position(content.position() + TCMSG_LENGTH);
          NetlinkAttributes.forEach(
              content,
              (type, value) -> {
                if (type == TCA_OPTIONS) {
                  found[0] = nameIn(value);
                }
              });
          names.add(found[0]);
        });
    return names;
  }

  private static String nameIn(ByteBuffer options) {
    String[] found = {""};
    NetlinkAttributes.forEach(
        options,
        (type, value) -> {
          if (type == TCA_BPF_NAME) {
            found[0] = NetlinkAttributes.text(value);
          }
        });
    return found[0];
  }

  @Override
  public synchronized void close() {
    netlink.close();
  }
}
