package org.midonet.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every test of tempest and neutron-tempest-plugin in expected-pass.list passes. */
@Tag("packages")
@Tag("heavy")
@ExtendWith(DeploymentExtension.class)
class TempestIT {

  private static final Duration LIMIT = Duration.ofMinutes(25);

  @Test
  void expectedTestsPass(Deployment deployment) throws IOException {
    run(
        deployment.server(),
        Script.HOME.resolve("expected-pass.list"),
        Script.HOME.resolve("target/tempest"));
  }

  /** Runs the tests of a list; each must pass. */
  static void run(URI server, Path list, Path out) throws IOException {
    Script.Result result =
        Script.run(
            LIMIT,
            "tempest",
            "run",
            "--endpoint",
            server.toString(),
            "--list",
            list.toString(),
            "--concurrency",
            "3",
            "--out",
            out.toString());
    assertThat(result.status())
        .as("%s%s%s", result.output(), result.errors(), failures(out))
        .isZero();
  }

  private static String failures(Path out) throws IOException {
    Path file = out.resolve("failures.txt");
    return Files.exists(file) ? Files.readString(file) : "no failures.txt";
  }
}
