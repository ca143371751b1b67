package org.midonet.agent.datapath.ebpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.midonet.agent.datapath.DatapathConfig;

/** The object file that is kept with the sources. */
final class FlowCacheObjectTest {

  @Test
  void itIsWhatTheSourceCompilesTo(@TempDir Path directory) throws Exception {
    assumeTrue(clang().contains("version 14."), "clang 14 is not installed");
    Path built = directory.resolve("flow_cache.o");
    Process build =
        new ProcessBuilder("src/main/bpf/build.sh", built.toString()).inheritIO().start();
    assertThat(build.waitFor()).isZero();

    assertThat(Files.readAllBytes(built)).isEqualTo(EbpfDatapath.readObject());
  }

  @Test
  void itNamesTheMapsThatTheAgentMakes() {
    ElfObject object = new ElfObject(EbpfDatapath.readObject());
    Set<String> named = new HashSet<>();
    for (String section : new String[] {"tc/ingress", "tc/group"}) {
      byte[] program =
          object.link(
              section,
              name -> {
                named.add(name);
                return 1;
              });
      assertThat(program.length % 8).isZero();
    }

    assertThat(MapSpec.all(DatapathConfig.DEFAULT))
        .extracting(MapSpec::name)
        .containsExactlyInAnyOrderElementsOf(named);
  }

  private static String clang() throws IOException {
    try {
      Process process = new ProcessBuilder("clang", "--version").start();
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }
}
