package org.midonet.cluster.importer;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.midonet.nsdb.Nsdb;
import org.midonet.nsdb.NsdbException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies tasks to the topology store while it leads those that share the store; safe to share.
 *
 * <p>Each task is applied once, whatever dies in between: the store notes the last one together
 * with its effect. A task that cannot be applied is parked and never stops those behind it. Where
 * MidoNet's importer blocks until somebody repairs the table, ours goes on.
 */
public final class Importer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Importer.class);

  private static final String ROLE = "neutron-importer";
  private static final Duration POLL = Duration.ofSeconds(1);

  /** Tasks in one transaction of the store. */
  private static final int BATCH = 32;

  /** Tasks until those who look at the table hear of them, if there is no pause before. */
  private static final int NOTE = 1000;

  /** Tasks that may wait before those who add more are to take their time. */
  private static final int FAR = 1000;

  private final Nsdb nsdb;
  private final TaskSource source;
  private final Batch batch;
  private final Nsdb.Candidacy candidacy;
  private final Semaphore work = new Semaphore(0);
  private final Thread thread;
  private volatile boolean stopping;

  // Of the thread alone.
  private int noted;
  private boolean inTrouble;

  private Importer(
      Nsdb nsdb, Nsdb.Candidacy candidacy, TaskSource source, TaskTranslation translation) {
    this.nsdb = nsdb;
    this.source = source;
    this.batch = new Batch(nsdb, source, translation);
    this.candidacy = candidacy;
    this.thread = Thread.ofPlatform().name(ROLE).daemon().unstarted(this::run);
  }

  /** Starts one, which works as soon as it leads and the store has been filled once. */
  public static Importer start(Nsdb nsdb, TaskSource source, TaskTranslation translation) {
    return started(new Importer(nsdb, nsdb.runFor(ROLE), source, translation));
  }

  /** Starts one on a store that no other process can use: it need not wait to lead. */
  public static Importer startAlone(Nsdb nsdb, TaskSource source, TaskTranslation translation) {
    return started(new Importer(nsdb, new Alone(), source, translation));
  }

  /**
   * Applies all tasks that there are, whoever leads: what another importer applies meanwhile is not
   * applied again.
   *
   * @return how many there were
   * @throws NsdbException of kind UNAVAILABLE
   */
  public static int catchUp(Nsdb nsdb, TaskSource source, TaskTranslation translation) {
    Batch batch = new Batch(nsdb, source, translation);
    int count = 0;
    while (true) {
      OptionalInt last = TaskState.last(nsdb.topology());
      List<ImportTask> tasks = last.isEmpty() ? List.of() : source.after(last.getAsInt(), BATCH);
      if (tasks.isEmpty()) {
        return count;
      }
      batch.apply(tasks);
      count += tasks.size();
    }
  }

  private static Importer started(Importer importer) {
    importer.thread.start();
    return importer;
  }

  private record Alone() implements Nsdb.Candidacy {
    @Override
    public boolean isLeader() {
      return true;
    }

    @Override
    public void close() {}
  }

  /** Says that there are new tasks, which it would find within a second otherwise. */
  public void wake() {
    if (work.availablePermits() == 0) {
      work.release();
    }
  }

  /** Whether very many tasks wait before one is applied. */
  public boolean isFarBehind(int task) {
    return task - TaskState.last(nsdb.topology()).orElse(task) > FAR;
  }

  private void run() {
    while (!stopping) {
      boolean more = false;
      try {
        more = candidacy.isLeader() && importSome();
        inTrouble = false;
      } catch (RuntimeException e) {
        report(e);
      }
      if (!more) {
        pause();
      }
    }
  }

  /** Whether there may be more to do at once. */
  private boolean importSome() {
    OptionalInt last = TaskState.last(nsdb.topology());
    if (last.isEmpty()) {
      return false;
    }
    List<ImportTask> tasks = source.after(last.getAsInt(), BATCH);
    if (tasks.isEmpty()) {
      return false;
    }
    batch.apply(tasks);
    tell(tasks);
    if (TaskState.last(nsdb.topology()).orElse(0) - noted >= NOTE) {
      note();
    }
    return true;
  }

  /** Some may be left for the next time. */
  private void tell(List<ImportTask> tasks) {
    int reached = TaskState.last(nsdb.topology()).orElse(0);
    tasks.stream()
        .filter(task -> task.id() <= reached)
        .reduce((_, later) -> later)
        .ifPresent(source::applied);
  }

  private void pause() {
    try {
      if (!work.tryAcquire(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
        note();
      }
    } catch (InterruptedException e) {
      stopping = true;
    }
  }

  private void note() {
    try {
      int last = TaskState.last(nsdb.topology()).orElse(noted);
      if (last != noted && candidacy.isLeader()) {
        source.done(last);
        noted = last;
      }
    } catch (RuntimeException e) {
      report(e);
    }
  }

  /** Once, until it goes well again. */
  private void report(RuntimeException e) {
    if (!inTrouble && !stopping) {
      LOG.warn("Tasks cannot be imported at the moment, and wait: {}", e.toString());
      LOG.debug("the import failed", e);
    }
    inTrouble = true;
  }

  /** Finishes the transaction under way; what is left is done after the next start. */
  @Override
  public void close() {
    stopping = true;
    wake();
    try {
      thread.join(Duration.ofSeconds(30));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    note();
    candidacy.close();
  }
}
