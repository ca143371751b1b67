package org.midonet.app;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where the demo has its data while it runs: always the same place, so that the next one removes
 * what a killed one left. Not to be shared between threads.
 */
final class DemoFolder implements AutoCloseable {
  private static final String LOCK = "lock";

  private final Path path;
  private final FileChannel lock;

  private DemoFolder(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Takes a folder, which is made if it is not there, and empties it.
   *
   * @throws Failure when another demo has it, or it cannot be written
   */
  static DemoFolder take(Path path) {
    try {
      if (!Files.isDirectory(path)) {
        Files.createDirectory(
            path,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
      DemoFolder folder = new DemoFolder(path, claim(path));
      folder.empty();
      return folder;
    } catch (IOException e) {
      throw new Failure(Failure.FAILED, "there is no place for the data of the demo: " + e);
    }
  }

  private static FileChannel claim(Path path) throws IOException {
    FileChannel channel =
        FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      // It is this process that has it.
    }
    channel.close();
    throw new Failure(Failure.FAILED, "another demo runs on this host");
  }

  Path path() {
    return path;
  }

  private void empty() throws IOException {
    try (Stream<Path> all = Files.walk(path)) {
      List<Path> leavesFirst = all.sorted(Comparator.reverseOrder()).toList();
      for (Path each : leavesFirst) {
        if (!each.equals(path) && !each.equals(path.resolve(LOCK))) {
          Files.deleteIfExists(each);
        }
      }
    }
  }

  /** Removes the folder. */
  @Override
  public void close() {
    try (lock) {
      empty();
      Files.deleteIfExists(path.resolve(LOCK));
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new Failure(Failure.FAILED, path + " could not be removed: " + e);
    }
  }
}
