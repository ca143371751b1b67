package org.midonet.app;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/** Writers for what the command prints; stateless. */
final class Output {
  private Output() {}

  /** A writer that passes on each line at once. */
  static PrintWriter writer(Appendable target) {
    if (target instanceof PrintStream stream) {
      return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }
    return new PrintWriter(new Appending(target), true);
  }

  private static final class Appending extends Writer {
    private final Appendable target;

    Appending(Appendable target) {
      this.target = target;
    }

    @Override
    public void write(char[] buffer, int offset, int length) {
      try {
        target.append(new String(buffer, offset, length));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
