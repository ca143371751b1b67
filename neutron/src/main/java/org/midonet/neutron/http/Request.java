package org.midonet.neutron.http;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP request, read whole; immutable.
 *
 * @param method upper case
 * @param path decoded, without the query
 * @param rawQuery as sent, empty for none
 * @param headers by lower-case name, the first value of each
 * @param body the bytes, empty for none
 * @param base scheme and authority the client used, for links ({@code http://127.0.0.1:9696})
 * @param peer the client's address, for the log
 */
@SuppressWarnings(
    "ArrayRecordComponent") // bodies may be large and are not copied; nobody changes them
public record Request(
    String method,
    String path,
    String rawQuery,
    Map<String, String> headers,
    byte[] body,
    String base,
    String peer) {

  /** The header's value, null if it was not sent. */
  public @Nullable String header(String name) {
    return headers.get(name.toLowerCase(Locale.ROOT));
  }

  /** The query's parameters in order, decoded. */
  public List<Map.Entry<String, String>> query() {
    return QueryString.parse(rawQuery);
  }

  /** The same with another path. */
  public Request withPath(String newPath) {
    return new Request(method, newPath, rawQuery, headers, body, base, peer);
  }

  /** The same as another address and another base say who asks whom. */
  public Request withOrigin(String newBase, String newPeer) {
    return new Request(method, path, rawQuery, headers, body, newBase, newPeer);
  }
}
