package org.midonet.neutron.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * An HTTP request as bytes on the wire; immutable. Nothing in it needs to be valid.
 *
 * @param target the request target as sent, path and query
 * @param headers beside Host and Content-Length
 */
@SuppressWarnings("ArrayRecordComponent") // test data, not compared
record FuzzRequest(String method, String target, Map<String, String> headers, byte[] body) {

  byte[] toBytes() {
    StringBuilder head =
        new StringBuilder(method)
            .append(' ')
            .append(target)
            .append(" HTTP/1.1\r\nHost: localhost\r\n");
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
    byte[] start = head.toString().getBytes(StandardCharsets.UTF_8);
    byte[] all = new byte[start.length + body.length];
    System.arraycopy(start, 0, all, 0, start.length);
    System.arraycopy(body, 0, all, start.length, body.length);
    return all;
  }

  /** The request as one line, its body shortened. */
  @Override
  public String toString() {
    String text = new String(body, StandardCharsets.UTF_8);
    return method
        + " "
        + target
        + " "
        + headers
        + " "
        + (text.length() > 600 ? text.substring(0, 600) + "..." : text);
  }
}
