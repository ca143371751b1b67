package org.midonet.agent.control;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Bodies whose length nobody knows at the beginning (RFC 9112 section 7.1). Stateless. */
final class Chunks {
  private Chunks() {}

  /** Writes each array as a chunk; {@code close} writes the end and leaves the target open. */
  static final class Out extends OutputStream {
    private static final byte[] LINE = {'\r', '\n'};
    private final OutputStream target;

    Out(OutputStream target) {
      this.target = target;
    }

    @Override
    public void write(int octet) throws IOException {
      write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int from, int length) throws IOException {
      if (length > 0) {
        target.write((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        target.write(octets, from, length);
        target.write(LINE);
      }
    }

    @Override
    public void close() throws IOException {
      target.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }
  }

  /** Reads what {@link Out} wrote; a body cut short is an {@link EOFException}. */
  static final class In extends InputStream {
    private final InputStream source;
    private int left;
    private boolean ended;

    In(InputStream source) {
      this.source = source;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] octets, int from, int length) throws IOException {
      if (left == 0 && !ended) {
        begin();
      }
      if (ended) {
        return -1;
      }
      int count = source.read(octets, from, Math.min(length, left));
      if (count < 0) {
        throw new EOFException("the answer is cut short");
      }
      left -= count;
      if (left == 0) {
        HttpMessage.line(source);
      }
      return count;
    }

    private void begin() throws IOException {
      String size = HttpMessage.line(source);
      try {
        left = Integer.parseInt(size, 16);
      } catch (NumberFormatException e) {
        throw new IOException("this is no size of a chunk: " + size, e);
      }
      if (left == 0) {
        HttpMessage.line(source);
        ended = true;
      }
    }
  }
}
