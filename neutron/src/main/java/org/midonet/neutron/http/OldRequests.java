package org.midonet.neutron.http;

import io.helidon.common.buffers.DataReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * The bytes of a connection, in which a first request by HTTP/1.0 reads as one by HTTP/1.1 that is
 * the last of its connection; used by the thread of the connection alone.
 *
 * <p>The web server reads HTTP/1.1 only, while load balancers ask for their checks by HTTP/1.0. The
 * two differ in three points that matter here (RFC 9112 appendix C): {@code Host} may be missing,
 * the connection ends with the answer, and no interim answer is expected.
 */
final class OldRequests implements Supplier<byte[]> {
  private static final String OLD = " HTTP/1.0\r";
  private final DataReader in;
  private final String host;
  private final int maxLine;
  private final int maxHeaders;
  private boolean begun;

  /**
   * Reads from a connection.
   *
   * @param host what a request without {@code Host} is taken to ask for
   * @param maxLine how long to wait for the end of the request line, in bytes
   * @param maxHeaders how long to wait for the end of the headers, in bytes
   */
  OldRequests(DataReader in, String host, int maxLine, int maxHeaders) {
    this.in = in;
    this.host = host;
    this.maxLine = maxLine;
    this.maxHeaders = maxHeaders;
  }

  /** Waits for bytes; the very first come with the whole request line. */
  @Override
  public byte[] get() {
    if (begun) {
      return more();
    }
    begun = true;
    StringBuilder seen = new StringBuilder();
    int line = readUntil("\n", seen, maxLine);
    if (line >= 0 && seen.substring(0, line).endsWith(OLD)) {
      int end = readUntil("\r\n\r\n", seen, maxHeaders);
      int known = end >= 0 ? end : line - 1; // too many headers are refused as ever
      seen.replace(0, known, modern(seen.substring(0, known)));
    }
    return seen.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private byte[] more() {
    return in.readBuffer().readBytes();
  }

  /** Reads up to this mark and returns where it begins, or -1 if so many come without it. */
  private int readUntil(String mark, StringBuilder seen, int most) {
    int found = seen.indexOf(mark);
    while (found < 0 && seen.length() <= most) {
      int looked = Math.max(0, seen.length() - mark.length() + 1);
      seen.append(new String(more(), StandardCharsets.ISO_8859_1));
      found = seen.indexOf(mark, looked);
    }
    return found;
  }

  /** The request line and headers as a client of HTTP/1.1 would have sent them. */
  private String modern(String head) {
    String[] lines = head.split("\r\n", -1);
    StringBuilder text = new StringBuilder();
    text.append(lines[0], 0, lines[0].length() - 1).append('1');
    text.append("\r\nConnection: close");
    boolean hostGiven = false;
    for (int i = 1; i < lines.length; i++) {
      String name = lines[i].split(":", 2)[0].strip().toLowerCase(Locale.ROOT);
      hostGiven |= name.equals("host");
      if (!name.equals("connection") && !name.equals("expect")) {
        text.append("\r\n").append(lines[i]);
      }
    }
    return hostGiven ? text.toString() : text + "\r\nHost: " + host;
  }
}
