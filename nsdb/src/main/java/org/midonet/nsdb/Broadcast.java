package org.midonet.nsdb;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The present snapshot, and the watchers who are told how it came to be. Safe to share.
 *
 * <p>Each watcher has a thread and a bounded queue. A watcher that falls behind so far that the
 * queue is full finds what it missed as one step from the last snapshot it knows to the present
 * one.
 */
final class Broadcast implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Broadcast.class);
  private static final int QUEUE = 1024;

  private final List<Mailbox> mailboxes = new CopyOnWriteArrayList<>();
  private volatile Topology present;

  Broadcast(Topology start) {
    this.present = start;
  }

  Topology present() {
    return present;
  }

  /** Replaces the present snapshot; the changes lead from it to the new one. */
  synchronized void publish(Topology after, List<Change> changes) {
    Topology before = present;
    present = after;
    if (!changes.isEmpty()) {
      Step step = new Step(before, after, changes);
      mailboxes.forEach(mailbox -> mailbox.put(step));
    }
  }

  /** Takes over what was computed on the present snapshot. */
  synchronized void publish(Commit commit) {
    Commit valid = commit.on(present);
    if (valid != null) {
      publish(valid.after(), valid.changes());
    } else {
      apply(commit.changes());
    }
  }

  /** Applies changes that are known to be news to the present snapshot. */
  synchronized void apply(List<Change> changes) {
    TopologyBuilder builder = new TopologyBuilder(present);
    changes.forEach(builder::apply);
    publish(builder.build(), changes);
  }

  synchronized Subscription subscribe(Watcher watcher) {
    Mailbox mailbox = new Mailbox(present, watcher);
    mailboxes.add(mailbox);
    Thread.ofVirtual().name("nsdb-watch").start(mailbox);
    return mailbox;
  }

  @Override
  public void close() {
    mailboxes.forEach(Mailbox::close);
  }

  private record Step(Topology before, Topology after, List<Change> changes) {}

  /** A watcher's queue and thread. */
  private final class Mailbox implements Subscription, Runnable {
    private final Topology start;
    private final Watcher watcher;
    private final Deque<Step> steps = new ArrayDeque<>();
    private boolean closed;

    Mailbox(Topology start, Watcher watcher) {
      this.start = start;
      this.watcher = watcher;
    }

    @Override
    public Topology start() {
      return start;
    }

    synchronized void put(Step step) {
      if (closed) {
        return;
      }
      if (steps.size() == QUEUE) {
        Topology from = steps.getFirst().before;
        steps.clear();
        steps.add(new Step(from, step.after, List.of())); // the difference is taken when told
      } else {
        steps.add(step);
      }
      notifyAll();
    }

    private synchronized @Nullable Step take() throws InterruptedException {
      while (steps.isEmpty() && !closed) {
        wait();
      }
      return closed ? null : steps.removeFirst();
    }

    @Override
    public void run() {
      try {
        for (Step step = take(); step != null; step = take()) {
          tell(step);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private void tell(Step step) {
      List<Change> changes =
          step.changes.isEmpty() ? Changes.between(step.before, step.after) : step.changes;
      if (changes.isEmpty()) {
        return;
      }
      try {
        watcher.changed(step.before, step.after, changes);
      } catch (RuntimeException e) {
        LOG.error("A watcher of the topology failed on {}", changes, e);
      }
    }

    @Override
    public synchronized void close() {
      closed = true;
      steps.clear();
      mailboxes.remove(this);
      notifyAll();
    }
  }
}
