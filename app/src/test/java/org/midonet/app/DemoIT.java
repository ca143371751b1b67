package org.midonet.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.midonet.agent.linux.Link;
import org.midonet.agent.linux.Links;

/** The demo comes out as it should, and leaves nothing behind. */
@Tag("root")
final class DemoIT {

  @Test
  void theDemoShowsWhatItPromisesAndCleansUp() throws IOException {
    List<String> before = devices();
    StringBuilder out = new StringBuilder();
    StringBuilder err = new StringBuilder();

    int code = Main.execute(out, err, "demo");

    assertThat(code).as("%s%n%s", out, err).isZero();
    assertThat(out)
        .contains(
            "Neutron shows their ports as ACTIVE",
            "destination NAT",
            "missing: no security group of the port has a rule for this ingress packet",
            "Hello from web",
            "All as it should be.");
    assertThat(devices()).isEqualTo(before);
    try (Stream<Path> left = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      assertThat(left).noneMatch(path -> path.getFileName().toString().startsWith("midonet-demo"));
    }
  }

  private static List<String> devices() {
    try (Links links = new Links()) {
      return links.list().stream()
          .map(Link::name)
          .filter(name -> name.startsWith("demo") || name.startsWith("mndemo"))
          .toList();
    }
  }
}
