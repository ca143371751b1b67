package org.midonet.agent.balance;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.midonet.nsdb.Nsdb;
import org.midonet.nsdb.NsdbException;
import org.midonet.nsdb.Operation;
import org.midonet.nsdb.Topology;
import org.midonet.packets.Ipv4Address;
import org.midonet.topology.LbStatus;
import org.midonet.topology.ObjectType;
import org.midonet.topology.PoolMember;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Probes one member again and again, and writes its status. Safe to share. */
final class Watcher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Watcher.class);
  private static final int MOST_MILLIS_BEFORE = 1000;

  private final Watch watch;
  private final Ipv4Address alias;
  private final Prober prober;
  private final Nsdb nsdb;
  private final Thread thread;

  private Watcher(Watch watch, Ipv4Address alias, Prober prober, Nsdb nsdb) {
    this.watch = watch;
    this.alias = alias;
    this.prober = prober;
    this.nsdb = nsdb;
    this.thread = Thread.ofVirtual().name("health-" + watch.member()).unstarted(this::run);
  }

  static Watcher start(Watch watch, Ipv4Address alias, Prober prober, Nsdb nsdb) {
    Watcher watcher = new Watcher(watch, alias, prober, nsdb);
    watcher.thread.start();
    return watcher;
  }

  Watch watch() {
    return watch;
  }

  private void run() {
    try {
      // Members of a large pool are not all asked at the same moment.
      Thread.sleep(ThreadLocalRandom.current().nextInt(MOST_MILLIS_BEFORE));
      Health health = Health.UNKNOWN;
      while (true) {
        long begun = System.nanoTime();
        String wrong = prober.probe(watch, alias);
        health = health.after(wrong == null, watch.maxRetries());
        if (health.status() != null) {
          write(health.status(), wrong);
        }
        Duration taken = Duration.ofNanos(System.nanoTime() - begun);
        Duration rest = watch.pause(health.isInDoubt()).minus(taken);
        Thread.sleep(rest.isNegative() ? Duration.ZERO : rest);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the member is watched no more
    }
  }

  private void write(LbStatus status, @Nullable String wrong) {
    if (!differs(nsdb.topology(), status)) {
      return;
    }
    try {
      nsdb.commit(topology ->
          differs(topology, status)
              ? List.of(new Operation.Update(member(topology).withStatus(status)))
              : List.<Operation>of());
      LOG.info(
          "Member {}:{} ({}) is {}{}",
          watch.target().address(),
          watch.port(),
          watch.member(),
          status,
          wrong == null ? "" : ": " + wrong);
    } catch (NsdbException e) {
      LOG.debug("the status of member {} is written later: {}", watch.member(), e.getMessage());
    }
  }

  private boolean differs(Topology topology, LbStatus status) {
    PoolMember member = topology.find(ObjectType.POOL_MEMBER, watch.member());
    return member != null && member.status() != status;
  }

  private PoolMember member(Topology topology) {
    return Objects.requireNonNull(topology.find(ObjectType.POOL_MEMBER, watch.member()));
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
