package org.midonet.agent.linux;

import java.nio.ByteBuffer;

/** Reads RTM_NEWLINK messages. Stateless. */
final class LinkParser {
  private static final int IFF_UP = 1;
  private static final int IFLA_IFNAME = 3;
  private static final int IFLA_MTU = 4;
  private static final int IFLA_LINKINFO = 18;
  private static final int IFLA_LINK_NETNSID = 37;
  private static final int IFLA_INFO_KIND = 1;

  private String name = "";
  private String kind = "";
  private int mtu;
  private boolean foreignPeer;

  private LinkParser() {}

  /** Reads the content of a message, from struct ifinfomsg on. */
  static Link parse(ByteBuffer content) {
    int start = content.position();
    int index = content.getInt(start + 4);
    int flags = content.getInt(start + 8);
    content.position(start + 16);
    LinkParser parser = new LinkParser();
    NetlinkAttributes.forEach(content, parser::read);
    return new Link(
        index, parser.name, parser.mtu, (flags & IFF_UP) != 0, parser.kind, parser.foreignPeer);
  }

  private void read(int type, ByteBuffer value) {
    switch (type) {
      case IFLA_IFNAME -> name = NetlinkAttributes.text(value);
      case IFLA_MTU -> mtu = value.getInt(value.position());
      case IFLA_LINK_NETNSID -> foreignPeer = true;
      case IFLA_LINKINFO -> NetlinkAttributes.forEach(value, this::readInfo);
      default -> {}
    }
  }

  private void readInfo(int type, ByteBuffer value) {
    if (type == IFLA_INFO_KIND) {
      kind = NetlinkAttributes.text(value);
    }
  }
}
