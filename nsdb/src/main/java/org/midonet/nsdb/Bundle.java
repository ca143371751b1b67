package org.midonet.nsdb;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.midonet.topology.ObjectType;
import org.midonet.topology.TopologyObject;

/**
 * The content of a znode of objects: a line for each with its kind, its id and its JSON, compressed
 * by zlib, whose checksum tells of damage. Stateless.
 *
 * <p>The objects of a group name each other again and again: compressed they take a fifth.
 */
final class Bundle {
  private static final int BUFFER = 4096;

  private Bundle() {}

  /** Makes contents, one after the other. Not safe to share. */
  static final class Writer {
    private final Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    private final ByteArrayOutputStream text = new ByteArrayOutputStream(BUFFER);
    private final byte[] buffer = new byte[BUFFER];

    /** One more object. */
    void add(ObjectType<?> type, UUID id, byte[] json) {
      text.writeBytes((type.name() + " " + id + " ").getBytes(StandardCharsets.UTF_8));
      text.writeBytes(json);
      text.write('\n');
    }

    /** The content with what was added since the last one. */
    byte[] finish() {
      deflater.reset();
      deflater.setInput(text.toByteArray());
      deflater.finish();
      text.reset();
      ByteArrayOutputStream compressed = new ByteArrayOutputStream(BUFFER / 2);
      while (!deflater.finished()) {
        compressed.write(buffer, 0, deflater.deflate(buffer));
      }
      return compressed.toByteArray();
    }
  }

  /**
   * The objects in a znode.
   *
   * @throws IllegalArgumentException if one of them cannot be read
   */
  static List<TopologyObject> read(byte[] content) {
    List<TopologyObject> objects = new ArrayList<>();
    byte[] text = inflated(content);
    int start = 0;
    for (int i = 0; i < text.length; i++) {
      if (text[i] == '\n') {
        objects.add(object(text, start, i));
        start = i + 1;
      }
    }
    if (start < text.length || objects.isEmpty()) {
      throw new IllegalArgumentException("it breaks off");
    }
    return objects;
  }

  private static TopologyObject object(byte[] text, int from, int to) {
    int kindEnd = space(text, from, to);
    int idEnd = space(text, kindEnd + 1, to);
    String kind = new String(text, from, kindEnd - from, StandardCharsets.UTF_8);
    ObjectType<?> type =
        ObjectType.named(kind)
            .orElseThrow(() -> new IllegalArgumentException(kind + " is no class of objects"));
    String id = new String(text, kindEnd + 1, idEnd - kindEnd - 1, StandardCharsets.UTF_8);
    byte[] json = new byte[to - idEnd - 1];
    System.arraycopy(text, idEnd + 1, json, 0, json.length);
    return type.decode(UUID.fromString(id), json);
  }

  private static int space(byte[] text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text[i] == ' ') {
        return i;
      }
    }
    throw new IllegalArgumentException("a line has no object");
  }

  private static byte[] inflated(byte[] content) {
    try (Inflater inflater = new Inflater()) {
      inflater.setInput(content);
      ByteArrayOutputStream text = new ByteArrayOutputStream(8 * content.length);
      byte[] buffer = new byte[BUFFER];
      while (!inflater.finished()) {
        int count = inflater.inflate(buffer);
        if (count == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
          throw new IllegalArgumentException("it breaks off");
        }
        text.write(buffer, 0, count);
      }
      return text.toByteArray();
    } catch (DataFormatException e) {
      throw new IllegalArgumentException("it is not compressed as it should be", e);
    }
  }
}
