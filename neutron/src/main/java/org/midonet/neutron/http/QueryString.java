package org.midonet.neutron.http;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Query strings (RFC 3986 section 3.4, as HTML forms encode them); stateless. */
public final class QueryString {
  private QueryString() {}

  /** The parameters in order; what is not valid percent-encoding is taken literally. */
  public static List<Map.Entry<String, String>> parse(String raw) {
    List<Map.Entry<String, String>> pairs = new ArrayList<>();
    for (String part : raw.split("&", -1)) {
      if (!part.isEmpty()) {
        int equals = part.indexOf('=');
        String key = equals < 0 ? part : part.substring(0, equals);
        String value = equals < 0 ? "" : part.substring(equals + 1);
        pairs.add(Map.entry(decode(key), decode(value)));
      }
    }
    return pairs;
  }

  /** The query of the parameters, encoded. */
  public static String format(List<Map.Entry<String, String>> pairs) {
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, String> pair : pairs) {
      text.append(text.isEmpty() ? "" : "&")
          .append(URLEncoder.encode(pair.getKey(), StandardCharsets.UTF_8))
          .append('=')
          .append(URLEncoder.encode(pair.getValue(), StandardCharsets.UTF_8));
    }
    return text.toString();
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }
}
