package org.midonet.agent.host;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.midonet.agent.linux.Link;
import org.midonet.agent.linux.LinkEvent;
import org.midonet.agent.linux.LinkMonitor;
import org.midonet.agent.linux.Links;
import org.midonet.agent.linux.LinuxException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of the network devices of the namespace in which this was started, whenever something about
 * them changes and now and then. Safe to share.
 */
public final class LinkFollower implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LinkFollower.class);
  private static final long NOW_AND_THEN_MILLIS = 1000;

  private final Consumer<Collection<Link>> listener;
  private final CountDownLatch told = new CountDownLatch(1);
  private final Thread thread;
  private volatile boolean closed;

  private LinkFollower(Consumer<Collection<Link>> listener) {
    this.listener = listener;
    this.thread = Thread.ofPlatform().name("agent-links").unstarted(this::run);
  }

  /**
   * Follows the devices; the listener knows those that are there when this returns.
   *
   * @param listener called by one thread
   */
  public static LinkFollower start(Consumer<Collection<Link>> listener) {
    LinkFollower follower = new LinkFollower(listener);
    follower.thread.start();
    try {
      follower.told.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return follower;
  }

  private void run() {
    try (LinkMonitor monitor = new LinkMonitor();
        Links links = new Links()) {
      Map<Integer, Link> present = list(links);
      while (!closed) {
        tell(present.values());
        Optional<List<LinkEvent>> events = monitor.read(NOW_AND_THEN_MILLIS);
        if (events.isEmpty()) {
          present = list(links);
        } else {
          for (LinkEvent event : events.get()) {
            switch (event) {
              case LinkEvent.Present it -> present.put(it.link().index(), it.link());
              case LinkEvent.Gone it -> present.remove(it.link().index());
            }
          }
        }
      }
    } catch (LinuxException e) {
      LOG.error("the devices of this host are no longer followed", e);
    } finally {
      told.countDown();
    }
  }

  private static Map<Integer, Link> list(Links links) {
    Map<Integer, Link> present = new HashMap<>();
    links.list().forEach(link -> present.put(link.index(), link));
    return present;
  }

  private void tell(Collection<Link> present) {
    try {
      listener.accept(new ArrayList<>(present));
    } catch (RuntimeException e) {
      LOG.error("a change of devices was not dealt with", e);
    }
    told.countDown();
  }

  @Override
  public void close() {
    closed = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
