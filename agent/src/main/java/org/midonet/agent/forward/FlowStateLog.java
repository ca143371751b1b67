package org.midonet.agent.forward;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.midonet.agent.state.FlowState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connections and translations in a file, so that an agent that was killed or upgraded knows those
 * that its predecessor let through. Confined to the packet loop.
 *
 * <p>The file is written to without waiting for the disk: it is to outlive the process, not the
 * host, whose connections end with it. It begins with the boot of the host and the time since, by
 * which it was good; then come records of a length, a checksum and what {@link FlowStateCodec}
 * writes. While it cannot be written, as when the disk is full, that is said once, and tried again
 * with every tenth {@link #touch}.
 */
final class FlowStateLog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FlowStateLog.class);
  private static final long MOST_BYTES = 64L << 20;
  private static final int MOST_RECORD = 1 << 16;
  private static final int RECORD_HEADER = 2 * Integer.BYTES;
  private static final int BUFFER = 1 << 14;
  private static final long GOOD_UNTIL = 2L * Long.BYTES;

  /** How many touches pass between two attempts to write a file that could not be written. */
  private static final int PAUSE = 10;

  private final Path file;
  private final Supplier<List<FlowState>> all;
  private final HostClock clock;
  private final long mostBytes;
  private @Nullable Out out;
  private boolean dirty;
  private boolean failing;
  private int untilAttempt;

  /** The file that is written to. */
  private static final class Out {
    final FileChannel channel;
    final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    long written;
    long most;

    Out(FileChannel channel) {
      this.channel = channel;
    }

    void write(FlowState one) throws IOException {
      int most = RECORD_HEADER + FlowStateCodec.mostOctets(one);
      if (most > BUFFER) {
        throw new IOException(one.effects().size() + " pieces of state are no record");
      }
      if (most > buffer.remaining()) {
        flush();
      }
      int begin = buffer.position();
      int body = begin + RECORD_HEADER;
      FlowStateCodec.encode(one, buffer.position(body));
      int length = buffer.position() - body;
      buffer.putInt(begin, length);
      buffer.putInt(begin + Integer.BYTES, checksum(buffer.array(), body, length));
      written += RECORD_HEADER + length;
    }

    void flush() throws IOException {
      buffer.flip();
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      buffer.clear();
    }
  }

  private FlowStateLog(Path file, Supplier<List<FlowState>> all, HostClock clock, long mostBytes) {
    this.file = file;
    this.all = all;
    this.clock = clock;
    this.mostBytes = mostBytes;
  }

  private static int checksum(byte[] octets, int from, int length) {
    CRC32 crc = new CRC32();
    crc.update(octets, from, length);
    return (int) crc.getValue();
  }

  /**
   * What was known when the file was last said to be good; nothing if that was too long ago. What
   * is damaged is left out.
   *
   * @param longest how long it was good for
   */
  static List<FlowState> read(Path file, Duration longest) {
    return read(file, longest, HostClock.system());
  }

  static List<FlowState> read(Path file, Duration longest, HostClock clock) {
    List<FlowState> known = new ArrayList<>();
    if (!Files.exists(file)) {
      return known;
    }
    int damaged = 0;
    try (DataInputStream in =
        new DataInputStream(new ByteArrayInputStream(Files.readAllBytes(file)))) {
      if (isGood(in, longest, clock)) {
        damaged = read(in, known);
      }
    } catch (IOException e) {
      LOG.warn("Connections of the agent before this one are not known: {}", e.toString());
    }
    if (damaged > 0) {
      LOG.warn("{} has {} damaged records, whose connections are not known", file, damaged);
    }
    return known;
  }

  private static boolean isGood(DataInputStream in, Duration longest, HostClock clock)
      throws IOException {
    UUID boot = new UUID(in.readLong(), in.readLong());
    long age = clock.millis().getAsLong() - in.readLong();
    return boot.equals(clock.boot()) && age <= longest.toMillis();
  }

  /** The number of records that are damaged; one that the end of the agent cut short is none. */
  private static int read(DataInputStream in, List<FlowState> into) throws IOException {
    int damaged = 0;
    while (in.available() >= RECORD_HEADER) {
      int length = in.readInt();
      int checksum = in.readInt();
      if (length < 0 || length > MOST_RECORD) {
        return damaged + 1; // nobody knows where the next one begins
      }
      byte[] record = in.readNBytes(length);
      if (record.length < length) {
        return damaged;
      }
      try {
        if (checksum(record, 0, length) != checksum) {
          throw new IOException("the checksum is another");
        }
        into.add(FlowStateCodec.decode(record));
      } catch (IOException e) {
        damaged++;
      }
    }
    return damaged;
  }

  /**
   * Begins the file anew.
   *
   * @param all what is known at any moment
   */
  static FlowStateLog open(Path file, Supplier<List<FlowState>> all) {
    return open(file, all, HostClock.system(), MOST_BYTES);
  }

  /**
   * @param mostBytes how large it may become before it is written anew, or twice what it has then
   */
  static FlowStateLog open(
      Path file, Supplier<List<FlowState>> all, HostClock clock, long mostBytes) {
    FlowStateLog log = new FlowStateLog(file, all, clock, mostBytes);
    log.begin();
    return log;
  }

  private void begin() {
    close(out);
    out = null;
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Out made = null;
    try {
      made =
          new Out(
              FileChannel.open(
                  fresh,
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE,
                  StandardOpenOption.TRUNCATE_EXISTING));
      made.buffer.putLong(clock.boot().getMostSignificantBits());
      made.buffer.putLong(clock.boot().getLeastSignificantBits());
      made.buffer.putLong(clock.millis().getAsLong());
      for (FlowState one : all.get()) {
        made.write(one);
      }
      made.flush();
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      made.most = Math.max(mostBytes, 2 * made.written);
      out = made;
      if (failing) {
        failing = false;
        LOG.info("Connections are kept for the next agent again");
      }
    } catch (IOException e) {
      close(made);
      delete(fresh);
      failed(e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.debug("{} stays", file, e);
    }
  }

  /** Notes what is known from now on. */
  void add(FlowState one) {
    Out to = out;
    if (to == null) {
      return;
    }
    try {
      to.write(one);
      dirty = true;
    } catch (IOException e) {
      failed(e);
      return;
    }
    if (to.written > to.most) {
      begin();
    }
  }

  /** Hands all that was noted to the system. */
  void flush() {
    Out to = out;
    if (dirty && to != null) {
      dirty = false;
      try {
        to.flush();
      } catch (IOException e) {
        failed(e);
      }
    }
  }

  /** Says that what was noted is good still. */
  void touch() {
    Out to = out;
    if (to == null) {
      if (--untilAttempt <= 0) {
        begin();
      }
      return;
    }
    try {
      ByteBuffer now = ByteBuffer.allocate(Long.BYTES).putLong(clock.millis().getAsLong()).flip();
      to.channel.write(now, GOOD_UNTIL);
    } catch (IOException e) {
      failed(e);
    }
  }

  private void failed(IOException e) {
    close(out);
    out = null;
    untilAttempt = PAUSE;
    if (!failing) {
      failing = true;
      LOG.warn("Connections are not kept for the next agent: {}", e.toString());
    }
  }

  private static void close(@Nullable Out out) {
    if (out != null) {
      try (FileChannel _ = out.channel) {
        out.flush();
      } catch (IOException e) {
        LOG.debug("what was noted last is lost", e);
      }
    }
  }

  @Override
  public void close() {
    if (out != null) {
      touch();
    }
    close(out);
    out = null;
  }
}
