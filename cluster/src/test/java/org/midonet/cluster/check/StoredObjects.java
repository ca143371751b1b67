package org.midonet.cluster.check;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.apache.zookeeper.ZooKeeper;

/** The objects as they lie in ZooKeeper, changed past the store. Not safe to share. */
final class StoredObjects {
  static final String PATH = "/midonet/zoom/0/objects";

  private final ZooKeeper zooKeeper;

  StoredObjects(ZooKeeper zooKeeper) {
    this.zooKeeper = zooKeeper;
  }

  /** An object: its znode, its kind, its id and its JSON. */
  record Line(String path, String type, String id, String json) {
    private static Line of(String path, String text) {
      String[] words = text.split(" ", 3);
      return new Line(path, words[0], words[1], words[2]);
    }

    private String text() {
      return type + " " + id + " " + json + "\n";
    }
  }

  /** One of each kind but of those that are not Neutron's. */
  Map<String, Line> oneOfEach(int which) throws Exception {
    Map<String, List<Line>> byType = new TreeMap<>();
    for (String home : zooKeeper.getChildren(PATH, false).stream().sorted().toList()) {
      for (Line line : read(PATH + "/" + home)) {
        byType.computeIfAbsent(line.type(), type -> new ArrayList<>()).add(line);
      }
    }
    byType.keySet().removeAll(List.of("Host", "C3POState"));
    Map<String, Line> found = new TreeMap<>();
    byType.forEach((type, lines) -> found.put(type, lines.get(which % lines.size())));
    return found;
  }

  private List<Line> read(String path) throws Exception {
    byte[] content = zooKeeper.getData(path, false, null);
    try (var text = new InflaterInputStream(new ByteArrayInputStream(content))) {
      return new String(text.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> Line.of(path, line))
          .toList();
    }
  }

  /** Takes one away. */
  void delete(Line gone) throws Exception {
    List<Line> rest = read(gone.path()).stream().filter(line -> !isSame(line, gone)).toList();
    if (rest.isEmpty()) {
      zooKeeper.delete(gone.path(), -1);
    } else {
      write(gone.path(), rest);
    }
  }

  void replace(Line line, String json) throws Exception {
    Line changed = new Line(line.path(), line.type(), line.id(), json);
    List<Line> all =
        read(line.path()).stream().map(each -> isSame(each, line) ? changed : each).toList();
    write(line.path(), all);
  }

  private static boolean isSame(Line one, Line other) {
    return one.type().equals(other.type()) && one.id().equals(other.id());
  }

  private void write(String path, List<Line> lines) throws Exception {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    try (var text = new DeflaterOutputStream(content)) {
      for (Line line : lines) {
        text.write(line.text().getBytes(StandardCharsets.UTF_8));
      }
    }
    zooKeeper.setData(path, content.toByteArray(), -1);
  }
}
