package org.midonet.packets.frame;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.midonet.packets.Ipv4Address;
import org.midonet.packets.Mac;

/**
 * A DHCP message for Ethernet clients (RFC 2131). Immutable, safe to share.
 *
 * @param operation 1 from clients, 2 from servers
 * @param flags 0x8000 asks for answers by broadcast
 * @param client the address that the client says it has
 * @param your the address that the client shall have
 * @param server where to go on booting
 * @param relay the agent that passed the message on
 * @param options by code in the order on the wire, without padding and end (RFC 2132); parts of one
 *     option are joined (RFC 3396)
 */
public record DhcpMessage(
    int operation,
    int transaction,
    int seconds,
    int flags,
    Ipv4Address client,
    Ipv4Address your,
    Ipv4Address server,
    Ipv4Address relay,
    Mac hardware,
    Map<Integer, Octets> options) {
  public static final int CLIENT_PORT = 68;
  public static final int SERVER_PORT = 67;

  public static final int DISCOVER = 1;
  public static final int OFFER = 2;
  public static final int REQUEST = 3;
  public static final int ACK = 5;
  public static final int NAK = 6;

  public static final int OPTION_REQUESTED_ADDRESS = 50;
  public static final int OPTION_TYPE = 53;

  private static final int FIXED = 236;
  private static final int COOKIE = 0x63825363;
  private static final int PAD = 0;
  private static final int END = 255;
  private static final int SHORTEST = 300;
  private static final int PART = 255;

  public DhcpMessage {
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
  }

  /** Reads a message; null when it is none of an Ethernet client. */
  public static @Nullable DhcpMessage parse(Octets octets) {
    boolean known =
        octets.has(0, FIXED + 4)
            && octets.u8(1) == 1
            && octets.u8(2) == 6
            && octets.i32(FIXED) == COOKIE;
    if (!known) {
      return null;
    }
    return new DhcpMessage(
        octets.u8(0),
        octets.i32(4),
        octets.u16(8),
        octets.u16(10),
        octets.ipv4(12),
        octets.ipv4(16),
        octets.ipv4(20),
        octets.ipv4(24),
        octets.mac(28),
        options(octets));
  }

  private static Map<Integer, Octets> options(Octets octets) {
    Map<Integer, Octets> options = new LinkedHashMap<>();
    int at = FIXED + 4;
    while (octets.has(at, 1) && octets.u8(at) != END) {
      int code = octets.u8(at);
      if (code == PAD) {
        at++;
        continue;
      }
      if (!octets.has(at, 2) || !octets.has(at + 2, octets.u8(at + 1))) {
        break;
      }
      Octets value = octets.slice(at + 2, at + 2 + octets.u8(at + 1));
      options.merge(code, value, DhcpMessage::join);
      at += 2 + value.length();
    }
    return options;
  }

  private static Octets join(Octets one, Octets other) {
    byte[] both = new byte[one.length() + other.length()];
    one.write(both, 0);
    other.write(both, one.length());
    return Octets.wrap(both);
  }

  /** The kind of message, such as {@link #DISCOVER}; 0 when it does not say. */
  public int type() {
    Octets type = options.get(OPTION_TYPE);
    return type == null || type.length() != 1 ? 0 : type.u8(0);
  }

  /** The address in an option, null when there is none. */
  public @Nullable Ipv4Address address(int option) {
    Octets value = options.get(option);
    return value == null || value.length() != 4 ? null : value.ipv4(0);
  }

  /** The octets on the wire, padded to the length that BOOTP relays may expect. */
  public Octets toOctets() {
    int length = FIXED + 4 + 1;
    for (Octets value : options.values()) {
      length += value.length() + 2 * parts(value);
    }
    byte[] out = new byte[Math.max(length, SHORTEST)];
    Wire.u8(out, 0, operation);
    Wire.u8(out, 1, 1);
    Wire.u8(out, 2, 6);
    Wire.i32(out, 4, transaction);
    Wire.u16(out, 8, seconds);
    Wire.u16(out, 10, flags);
    Wire.address(out, 12, client);
    Wire.address(out, 16, your);
    Wire.address(out, 20, server);
    Wire.address(out, 24, relay);
    Wire.mac(out, 28, hardware);
    Wire.i32(out, FIXED, COOKIE);
    int at = FIXED + 4;
    for (Map.Entry<Integer, Octets> option : options.entrySet()) {
      at = write(out, at, option.getKey(), option.getValue());
    }
    Wire.u8(out, at, END);
    return Octets.wrap(out);
  }

  private static int parts(Octets value) {
    return Math.max(1, (value.length() + PART - 1) / PART);
  }

  private static int write(byte[] out, int start, int code, Octets value) {
    int at = start;
    for (int part = 0; part < parts(value); part++) {
      Octets octets = value.slice(part * PART, part * PART + PART);
      Wire.u8(out, at, code);
      Wire.u8(out, at + 1, octets.length());
      octets.write(out, at + 2);
      at += 2 + octets.length();
    }
    return at;
  }
}
