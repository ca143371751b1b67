package org.midonet.plugin.client.cluster.topology;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * What a topology API says, as far as it concerns hosts. Immutable.
 *
 * @param ids of a snapshot
 * @param text of an error, empty without one
 */
record Response(Type type, List<UUID> ids, String text) {

  /** In the order of their numbers, which begin with 1. */
  enum Type {
    ACK,
    REDIRECT,
    NACK,
    ERROR,
    DELETION,
    UPDATE,
    SNAPSHOT
  }

  private static final int TYPE = 1;
  private static final int SNAPSHOT = 7;
  private static final int INFO = 9;

  Response {
    ids = List.copyOf(ids);
  }

  /**
   * Reads one.
   *
   * @throws IOException if it is none
   */
  static Response of(byte[] octets) throws IOException {
    int type = 0;
    List<UUID> ids = new ArrayList<>();
    String text = "";
    Fields fields = new Fields(octets);
    while (fields.next()) {
      switch (fields.number()) {
        case TYPE -> type = (int) fields.value();
        case SNAPSHOT -> {
          Fields snapshot = new Fields(fields.octets());
          while (snapshot.next()) {
            ids.add(uuid(snapshot.octets()));
          }
        }
        case INFO -> {
          Fields info = new Fields(fields.octets());
          while (info.next()) {
            text = new String(info.octets(), StandardCharsets.UTF_8);
          }
        }
        default -> {} // of no interest
      }
    }
    if (type < 1 || type > Type.values().length) {
      throw new IOException("it does not speak the protocol of a topology API");
    }
    return new Response(Type.values()[type - 1], ids, text);
  }

  private static UUID uuid(byte[] octets) throws IOException {
    long most = 0;
    long least = 0;
    Fields fields = new Fields(octets);
    while (fields.next()) {
      switch (fields.number()) {
        case 1 -> most = fields.value();
        case 2 -> least = fields.value();
        default -> {} // there are no others
      }
    }
    return new UUID(most, least);
  }
}
