package org.midonet.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DemoFolderTest {
  @TempDir private Path above;

  @Test
  void whatAKilledDemoLeftIsRemoved() throws IOException {
    Path left = Files.createDirectories(above.resolve("demo").resolve("zookeeper"));
    Files.writeString(left.resolve("log"), "old");
    Files.writeString(above.resolve("demo").resolve("lock"), "");
    try (DemoFolder folder = DemoFolder.take(above.resolve("demo"))) {
      assertThat(left).doesNotExist();
      Files.writeString(folder.path().resolve("new"), "new");
    }
    assertThat(above).isEmptyDirectory();
  }

  @Test
  void ofTwoDemosAtOnceTheSecondIsRefused() {
    try (DemoFolder folder = DemoFolder.take(above.resolve("demo"))) {
      assertThatThrownBy(() -> DemoFolder.take(folder.path()))
          .isInstanceOf(Failure.class)
          .hasMessage("another demo runs on this host");
      assertThat(folder.path()).isDirectory();
    }
  }
}
