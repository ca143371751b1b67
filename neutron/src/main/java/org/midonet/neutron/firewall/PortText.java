package org.midonet.neutron.firewall;

import org.jspecify.annotations.Nullable;

/** A port or a range of ports as text, {@code 80} or {@code 80:90}; stateless. */
final class PortText {
  private static final int MAX_PORT = 65535;

  private PortText() {}

  /** Why a value is no such text, in Neutron's words; null if it is. */
  static @Nullable String problem(@Nullable Object value) {
    if (value == null) {
      return null;
    }
    String[] ports = String.valueOf(value).split(":", -1);
    if (ports.length > 2) {
      return "Port '" + value + "' is not a valid number";
    }
    for (String port : ports) {
      if (!port.matches("-?[0-9]{1,9}")) {
        return "Port '" + port + "' is not a valid number";
      }
      int number = Integer.parseInt(port);
      if (number <= 0 || number > MAX_PORT) {
        return "Invalid port '" + port + "'";
      }
    }
    return null;
  }

  /** The text as answers have it: a range of one port is that port. Refuses a range from above. */
  static @Nullable String canonical(@Nullable String text) {
    if (text == null) {
      return null;
    }
    int colon = text.indexOf(':');
    int first = Integer.parseInt(colon < 0 ? text : text.substring(0, colon));
    int last = Integer.parseInt(text.substring(colon + 1));
    if (first > last) {
      throw FirewallErrors.port(text);
    }
    return first == last ? String.valueOf(first) : first + ":" + last;
  }
}
