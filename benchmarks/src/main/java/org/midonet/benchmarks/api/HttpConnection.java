package org.midonet.benchmarks.api;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One keep-alive connection with at most one request under way; reads just enough of HTTP to know
 * where an answer ends. Not safe to share between threads.
 */
final class HttpConnection {

  private static final int UNKNOWN = -1;

  private final InetSocketAddress server;
  private final Selector selector;
  private SocketChannel channel;
  private ByteBuffer input = ByteBuffer.allocate(1 << 16);
  private ByteBuffer output = ByteBuffer.allocate(0);
  private long sentAt;
  private int status;
  private int bodyStart;
  private int bodyLength;
  private boolean chunked;
  private boolean closing;

  HttpConnection(InetSocketAddress server, Selector selector) throws IOException {
    this.server = server;
    this.selector = selector;
    this.channel = connect();
  }

  private SocketChannel connect() throws IOException {
    SocketChannel opened = SocketChannel.open(server);
    opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
    opened.configureBlocking(false);
    opened.register(selector, SelectionKey.OP_READ, this);
    return opened;
  }

  void send(byte[] request) throws IOException {
    if (closing) {
      close();
      channel = connect();
    }
    input.clear();
    bodyStart = UNKNOWN;
    bodyLength = UNKNOWN;
    chunked = false;
    closing = false;
    output = ByteBuffer.wrap(request);
    sentAt = System.nanoTime();
    write();
  }

  /** Reads and writes what is possible; true when the answer is complete. */
  boolean advance() throws IOException {
    if (output.hasRemaining()) {
      write();
    }
    int read = channel.read(input);
    while (read > 0) {
      if (!input.hasRemaining()) {
        input = ByteBuffer.allocate(2 * input.capacity()).put(input.flip());
      }
      read = channel.read(input);
    }
    if (complete()) {
      return true;
    }
    if (read < 0) {
      throw new EOFException("the server closed a connection in the middle of an answer");
    }
    return false;
  }

  private void write() throws IOException {
    channel.write(output);
    int interest =
        output.hasRemaining() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ;
    channel.keyFor(selector).interestOps(interest);
  }

  private boolean complete() {
    if (bodyStart == UNKNOWN && !head()) {
      return false;
    }
    if (chunked) {
      return lastChunk();
    }
    return input.position() >= bodyStart + bodyLength;
  }

  /** Reads status line and headers once they are there. */
  private boolean head() {
    int end = endOfHead();
    if (end == UNKNOWN) {
      return false;
    }
    String head =
        new String(input.array(), 0, end, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    status = Integer.parseInt(head.substring(9, 12));
    bodyStart = end + 4;
    bodyLength = 0;
    for (String line : head.lines().toList()) {
      if (line.startsWith("content-length:")) {
        bodyLength = Integer.parseInt(line.substring(15).strip());
      } else if (line.startsWith("transfer-encoding:")) {
        chunked = line.contains("chunked");
      } else if (line.startsWith("connection:")) {
        closing = line.contains("close");
      }
    }
    if (status == 204 || status == 304) {
      bodyLength = 0;
      chunked = false;
    }
    return true;
  }

  private int endOfHead() {
    byte[] bytes = input.array();
    for (int i = 0; i + 3 < input.position(); i++) {
      if (bytes[i] == '\r'
          && bytes[i + 1] == '\n'
          && bytes[i + 2] == '\r'
          && bytes[i + 3] == '\n') {
        return i;
      }
    }
    return UNKNOWN;
  }

  /** A chunked body ends with an empty chunk; no trailers are sent by the servers measured. */
  private boolean lastChunk() {
    byte[] bytes = input.array();
    int end = input.position();
    return end - bodyStart >= 5
        && bytes[end - 5] == '0'
        && bytes[end - 4] == '\r'
        && bytes[end - 3] == '\n'
        && bytes[end - 2] == '\r'
        && bytes[end - 1] == '\n';
  }

  int status() {
    return status;
  }

  /** When the request was sent, as {@link System#nanoTime}. */
  long sentAt() {
    return sentAt;
  }

  void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // The peer has gone first.
      closing = true;
    }
  }
}
