package org.midonet.neutron.fuzz;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * An HTTP/1.1 client that sends any bytes, which ordinary clients refuse to. Keeps its connection
 * as long as the server does. Not safe to share between threads.
 */
final class RawHttp implements AutoCloseable {
  /** An answer. */
  @SuppressWarnings("ArrayRecordComponent") // test data, not compared
  record Answer(int status, Map<String, String> headers, byte[] body) {
    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  private final int port;
  private Socket socket;
  private InputStream in;

  RawHttp(int port) throws IOException {
    this.port = port;
    this.socket = connect();
    this.in = new BufferedInputStream(socket.getInputStream());
  }

  private Socket connect() throws IOException {
    Socket fresh = new Socket(InetAddress.getLoopbackAddress(), port);
    fresh.setTcpNoDelay(true);
    fresh.setSoTimeout(20_000);
    return fresh;
  }

  /**
   * Sends a request and reads the answer, on a new connection if the server gave the old one up
   * before it answered.
   */
  Answer send(FuzzRequest request) throws IOException {
    try {
      return exchange(request);
    } catch (EOFException | java.net.SocketException closed) {
      reconnect();
      return exchange(request);
    }
  }

  private void reconnect() throws IOException {
    socket.close();
    socket = connect();
    in = new BufferedInputStream(socket.getInputStream());
  }

  private Answer exchange(FuzzRequest request) throws IOException {
    try {
      socket.getOutputStream().write(request.toBytes());
    } catch (IOException refusedWhileSending) {
      // The server may answer and close before it has read a body that is too large.
      return read(request);
    }
    return read(request);
  }

  private Answer read(FuzzRequest request) throws IOException {
    String[] status = line().split(" ", 3);
    Map<String, String> headers = new HashMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    int code = Integer.parseInt(status[1]);
    boolean empty = request.method().equals("HEAD") || code == 204 || code == 304;
    byte[] body = empty ? new byte[0] : body(headers);
    if ("close".equalsIgnoreCase(headers.get("connection"))) {
      reconnect();
    }
    return new Answer(code, headers, body);
  }

  private byte[] body(Map<String, String> headers) throws IOException {
    if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      for (int size = chunkSize(); size > 0; size = chunkSize()) {
        all.writeBytes(in.readNBytes(size));
        line();
      }
      line();
      return all.toByteArray();
    }
    return in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
  }

  private int chunkSize() throws IOException {
    return Integer.parseInt(line().strip(), 16);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("connection closed by the server");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
