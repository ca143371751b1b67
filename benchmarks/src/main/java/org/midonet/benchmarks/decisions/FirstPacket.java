package org.midonet.benchmarks.decisions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.midonet.agent.forward.Forwarding;
import org.midonet.agent.state.NatBlocks;
import org.midonet.app.rehearsal.SmallCloud;
import org.midonet.app.rehearsal.Way;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * First packets of connections of one machine, from the frame to the two flows in the table and the
 * connection in state and file. For one thread; the packets are decided by that of the packet loop.
 *
 * <p>Each invocation begins with nothing known and ends with all connections that a machine may
 * nearly have.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class FirstPacket {
  /** A port has room for 65,536 connections, and one by source NAT or a VIP takes two. */
  private static final int PACKETS = 30_000;

  @Param private Way way = Way.NETWORK;

  private final List<byte[]> frames = new ArrayList<>();
  private @Nullable SmallCloud cloud;
  private @Nullable Path folder;
  private @Nullable Feed feed;
  private @Nullable Forwarding forwarding;

  /** Makes the cloud and the frames. */
  @Setup(Level.Trial)
  public void prepare() throws IOException {
    SmallCloud made = new SmallCloud();
    for (int i = 0; i < PACKETS; i++) {
      frames.add(made.first(way, i));
    }
    cloud = made;
    folder = Files.createTempDirectory("decisions");
  }

  /** Starts an agent that knows nothing. */
  @Setup(Level.Invocation)
  public void start() {
    SmallCloud in = present(cloud);
    Feed fed = new Feed();
    Path stateFile = present(folder).resolve("flow-state");
    Forwarding started =
        Forwarding.start(
            in.nsdb(),
            SmallCloud.HOST,
            fed,
            new Forwarding.Settings(1 << 20, 1500, 1550, "", NatBlocks.alone(), stateFile, null));
    for (UUID port : in.ports()) {
      started.attach(port, SmallCloud.device(port), 1500);
    }
    feed = fed;
    forwarding = started;
  }

  /** Decides them all. */
  @Benchmark
  @OperationsPerInvocation(PACKETS)
  public void decide() throws InterruptedException {
    int port = 1 + present(cloud).ports().indexOf(present(cloud).entry(way));
    present(feed).send(port, frames);
  }

  /**
   * Stops the agent.
   *
   * @throws IllegalStateException if any packet did not get both of its flows
   */
  @TearDown(Level.Invocation)
  public void stop() throws IOException {
    int flows = present(forwarding).flows().flows().size();
    present(forwarding).close();
    present(feed).close();
    Files.deleteIfExists(present(folder).resolve("flow-state"));
    if (flows != 2 * PACKETS) {
      throw new IllegalStateException(
          way + ": " + flows + " flows of " + PACKETS + " connections, which have two each");
    }
  }

  /** Removes what was written. */
  @TearDown(Level.Trial)
  public void clean() throws IOException {
    Files.deleteIfExists(present(folder));
  }

  private static <T> T present(@Nullable T thing) {
    if (thing == null) {
      throw new IllegalStateException("not prepared");
    }
    return thing;
  }
}
