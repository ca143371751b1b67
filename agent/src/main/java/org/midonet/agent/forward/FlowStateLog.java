package org.midonet.agent.forward;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.midonet.agent.state.Effect;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connections and translations in a file, so that an agent that was killed or upgraded knows those
 * that its predecessor let through. Confined to the packet loop.
 *
 * <p>The file is written to without waiting for the disk: it is to outlive the process, not the
 * host, whose connections end with it. Records are a length and what {@link PeerState} writes.
 */
final class FlowStateLog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FlowStateLog.class);
  private static final long MOST_BYTES = 64L << 20;
  private static final int MOST_RECORD = 1 << 16;

  private final Path file;
  private final Supplier<List<Effect>> all;
  private DataOutputStream out;
  private boolean dirty;
  private long written;

  private FlowStateLog(Path file, Supplier<List<Effect>> all) throws IOException {
    this.file = file;
    this.all = all;
    this.out = begin();
  }

  /**
   * What was known when the file was last written to; nothing if that was too long ago.
   *
   * @param longest how long it was good for
   */
  static List<Effect> read(Path file, Duration longest) {
    List<Effect> effects = new ArrayList<>();
    if (!Files.exists(file)) {
      return effects;
    }
    try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
      Instant last = Files.getLastModifiedTime(file).toInstant();
      if (last.plus(longest).isBefore(Instant.now())) {
        return effects;
      }
      byte[] bytes = in.readAllBytes();
      read(bytes, effects);
    } catch (EOFException e) {
      LOG.debug("the last record was cut short by the end of the agent");
    } catch (IOException e) {
      LOG.warn("Connections of the agent before this one are not known: {}", e.getMessage());
    }
    return effects;
  }

  private static void read(byte[] bytes, List<Effect> into) throws IOException {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      while (in.available() > 0) {
        int length = in.readInt();
        if (length < 0 || length > MOST_RECORD) {
          throw new IOException("a record is damaged");
        }
        byte[] record = in.readNBytes(length);
        if (record.length < length) {
          throw new EOFException();
        }
        into.addAll(PeerState.decode(record));
      }
    }
  }

  /**
   * Begins the file anew.
   *
   * @param all what is known at any moment
   * @throws UncheckedIOException if the file cannot be written
   */
  static FlowStateLog open(Path file, Supplier<List<Effect>> all) {
    try {
      return new FlowStateLog(file, all);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot keep connections in " + file, e);
    }
  }

  private DataOutputStream begin() throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    DataOutputStream stream =
        new DataOutputStream(
            new BufferedOutputStream(
                Files.newOutputStream(
                    fresh,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.TRUNCATE_EXISTING)));
    written = 0;
    for (Effect effect : all.get()) {
      write(stream, effect);
    }
    stream.flush();
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    return stream;
  }

  private void write(DataOutputStream stream, Effect effect) throws IOException {
    byte[] record = PeerState.encode(List.of(effect));
    stream.writeInt(record.length);
    stream.write(record);
    written += Integer.BYTES + record.length;
  }

  /** Notes what is known from now on. */
  void add(Effect effect) {
    try {
      write(out, effect);
      dirty = true;
      if (written > MOST_BYTES) {
        out.close();
        out = begin();
      }
    } catch (IOException e) {
      LOG.warn("A connection is not kept for the next agent: {}", e.getMessage());
    }
  }

  /** Hands all that was noted to the system. */
  void flush() {
    if (dirty) {
      dirty = false;
      try {
        out.flush();
      } catch (IOException e) {
        LOG.warn("Connections are not kept for the next agent: {}", e.getMessage());
      }
    }
  }

  /** Says that what was noted is good still. */
  void touch() {
    try {
      Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
    } catch (IOException e) {
      LOG.debug("{} cannot be touched", file, e);
    }
  }

  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      LOG.warn("Connections are not kept for the next agent: {}", e.getMessage());
    }
  }
}
