package org.midonet.agent.control;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The little of HTTP/1.1 that the socket needs (RFC 9112): one message to a connection, its length
 * given. Immutable, safe to share.
 *
 * @param start the request line or the status line
 */
record HttpMessage(String start, String body) {
  private static final int MAX_LINE = 8192;
  private static final int MAX_LINES = 100;
  private static final int MAX_BODY = 1 << 20;

  static byte[] encode(String start, String contentType, String body) {
    byte[] content = body.getBytes(StandardCharsets.UTF_8);
    String head =
        "%s\r\nContent-Type: %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
            .formatted(start, contentType, content.length);
    byte[] front = head.getBytes(StandardCharsets.UTF_8);
    byte[] all = new byte[front.length + content.length];
    System.arraycopy(front, 0, all, 0, front.length);
    System.arraycopy(content, 0, all, front.length, content.length);
    return all;
  }

  /** The beginning of an answer whose body comes in chunks. */
  static byte[] chunkedHead(String start, String contentType) {
    return "%s\r\nContent-Type: %s\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
        .formatted(start, contentType)
        .getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads the head of an answer.
   *
   * @throws IOException if it is none
   */
  static Head readHead(InputStream in) throws IOException {
    String start = line(in);
    int length = 0;
    boolean chunked = false;
    for (int i = 0; i < MAX_LINES; i++) {
      String header = line(in);
      if (header.isEmpty()) {
        return new Head(start, length, chunked);
      }
      String value = value(header, "content-length");
      if (value != null) {
        length = parse(value, Integer.MAX_VALUE);
      }
      chunked |= "chunked".equalsIgnoreCase(value(header, "transfer-encoding"));
    }
    throw new IOException("too many header lines");
  }

  /** A head; the body follows in chunks, or has that length. */
  record Head(String start, int length, boolean chunked) {}

  /**
   * Reads a message.
   *
   * @throws IOException if it is none, or too large
   */
  static HttpMessage read(InputStream in, int maxBody) throws IOException {
    String start = line(in);
    int length = 0;
    for (int i = 0; i < MAX_LINES; i++) {
      String header = line(in);
      if (header.isEmpty()) {
        return new HttpMessage(start, body(in, length));
      }
      String value = value(header, "content-length");
      if (value != null) {
        length = parse(value, maxBody);
      }
    }
    throw new IOException("too many header lines");
  }

  static HttpMessage readRequest(InputStream in) throws IOException {
    return read(in, MAX_BODY);
  }

  private static @Nullable String value(String header, String name) {
    int colon = header.indexOf(':');
    return colon > 0 && header.substring(0, colon).equalsIgnoreCase(name)
        ? header.substring(colon + 1).strip()
        : null;
  }

  private static int parse(String value, int most) throws IOException {
    try {
      int length = Integer.parseInt(value);
      if (length >= 0 && length <= most) {
        return length;
      }
    } catch (NumberFormatException e) {
      // As for a length out of range.
    }
    throw new IOException("the length " + value + " is not from 0 to " + most);
  }

  static String body(InputStream in, int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("the body is cut short");
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    while (line.length() < MAX_LINE) {
      int octet = in.read();
      if (octet < 0) {
        throw new EOFException("the head is cut short");
      }
      if (octet == '\n') {
        int end = line.length();
        return end > 0 && line.charAt(end - 1) == '\r'
            ? line.substring(0, end - 1)
            : line.toString();
      }
      line.append((char) octet);
    }
    throw new IOException("a line is longer than " + MAX_LINE + " octets");
  }
}
