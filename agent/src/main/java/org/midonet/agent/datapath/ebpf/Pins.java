package org.midonet.agent.datapath.ebpf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
  private static final String VERSION = "v3";
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

  /** The devices whose links are there, by index. */
  Set<Integer> links() {
    try (Stream<Path> files = Files.list(directory)) {
      Set<Integer> links = new HashSet<>();
      for (Path file : files.toList()) {
        String name = String.valueOf(file.getFileName());
        if (name.startsWith(LINK)) {
          links.add(Integer.parseInt(name.substring(LINK.length())));
        }
      }
      return links;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Swaps the program of a device's link. */
  void replaceLink(int ifindex, int program) {
    int link = Bpf.get(directory.resolve(LINK + ifindex));
    Bpf.updateLink(link, program);
    Libc.close(link);
  }

  /** Keeps a device's link beyond this process. */
  void pinLink(int ifindex, int link) {
    Bpf.pin(link, directory.resolve(LINK + ifindex));
    Libc.close(link);
  }

  /** Lets go of a device's link, which the kernel then takes off in its own time. */
  void removeLink(int ifindex) {
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
