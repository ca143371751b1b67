package org.midonet.agent.datapath.ebpf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.midonet.agent.linux.Libc;

/**
 * What a datapath keeps in the BPF file system, so that it outlives the process. Safe to share.
 *
 * <p>In {@code /sys/fs/bpf/NAME/vN} stand maps by their name and links as {@code link_IFINDEX}. N
 * is the version of the layouts: what another version left is thrown away.
 */
final class Pins {
  private static final Path FILE_SYSTEM = Path.of("/sys/fs/bpf");
  private static final String VERSION = "v2";
  private static final String LINK = "link_";

  private final Path root;
  private final Path directory;

  Pins(String name) {
    mount();
    root = FILE_SYSTEM.resolve(name);
    directory = root.resolve(VERSION);
    try {
      if (Files.isDirectory(root) && !Files.isDirectory(directory)) {
        remove();
      }
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void mount() {
    try {
      if (!Files.getFileStore(FILE_SYSTEM).type().equals("bpf")) {
        Libc.mount("bpf", FILE_SYSTEM.toString(), "bpf");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The map of a name: the one that is there, else a new one. */
  BpfMap map(MapSpec spec) {
    Path path = directory.resolve(spec.name());
    if (Files.exists(path)) {
      return new BpfMap(spec, Bpf.get(path));
    }
    int fd = Bpf.createMap(spec);
    Bpf.pin(fd, path);
    return new BpfMap(spec, fd);
  }

  /** The links that are there, by interface index. */
  Map<Integer, Path> links() {
    try (Stream<Path> files = Files.list(directory)) {
      Map<Integer, Path> links = new HashMap<>();
      for (Path file : files.toList()) {
        String name = String.valueOf(file.getFileName());
        if (name.startsWith(LINK)) {
          links.put(Integer.parseInt(name.substring(LINK.length())), file);
        }
      }
      return links;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Puts a program on a device, or swaps the one that is there. */
  void attach(int program, int ifindex) {
    Path path = directory.resolve(LINK + ifindex);
    int link;
    if (Files.exists(path)) {
      link = Bpf.get(path);
      Bpf.updateLink(link, program);
    } else {
      link = Bpf.attachIngress(program, ifindex);
      Bpf.pin(link, path);
    }
    Libc.close(link);
  }

  /** Takes the program off a device. */
  void detach(int ifindex) {
    delete(directory.resolve(LINK + ifindex));
  }

  /** Lets go of all. */
  void remove() {
    try (Stream<Path> files = Files.walk(root)) {
      List<Path> deepestFirst = new ArrayList<>(files.toList());
      deepestFirst.sort(Comparator.reverseOrder());
      deepestFirst.forEach(Pins::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
