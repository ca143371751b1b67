package org.midonet.agent.linux;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Tells how the devices of a namespace come, change and go. Confined to one thread.
 *
 * <p>To miss nothing, open it before listing the devices. If the kernel had to drop events, {@link
 * #read} answers empty and the devices must be listed anew.
 */
public final class LinkMonitor implements AutoCloseable {
  private static final int RTMGRP_LINK = 1;

  private final Netlink netlink = new Netlink(RTMGRP_LINK);
  private final int epoll = Libc.epollFor(netlink.fd());

  /**
   * Waits for events.
   *
   * @return what happened, in order; an empty list if nothing did; empty if events were lost
   */
  public Optional<List<LinkEvent>> read(long timeoutMillis) {
    List<LinkEvent> events = new ArrayList<>();
    if (!Libc.epollWait(epoll, timeoutMillis)) {
      return Optional.of(events);
    }
    try {
      netlink.readEvents((type, content) -> {
        switch (type) {
          case Links.RTM_NEWLINK -> events.add(new LinkEvent.Present(LinkParser.parse(content)));
          case Links.RTM_DELLINK -> events.add(new LinkEvent.Gone(LinkParser.parse(content)));
          default -> {}
        }
      });
    } catch (LinuxException e) {
      if (e.errno() == LinuxException.ENOBUFS) {
        forget();
        return Optional.empty();
      }
      throw e;
    }
    return Optional.of(events);
  }

  /** What still waits is older than what was lost, and would be taken for news after a list. */
  private void forget() {
    while (true) {
      try {
        netlink.readEvents((type, content) -> {});
        return;
      } catch (LinuxException e) {
        if (e.errno() != LinuxException.ENOBUFS) {
          throw e;
        }
      }
    }
  }

  @Override
  public void close() {
    Libc.close(epoll);
    netlink.close();
  }
}
