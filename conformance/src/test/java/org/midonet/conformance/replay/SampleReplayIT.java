package org.midonet.conformance.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.midonet.conformance.Deployment;
import org.midonet.conformance.DeploymentExtension;
import org.midonet.conformance.Script;

/**
 * The recorded answers are reproduced. Runs before other classes, as the recording began with
 * nothing but the external network.
 */
@Tag("packages")
@ExtendWith(DeploymentExtension.class)
@Order(1)
class SampleReplayIT {

  private static final Path RESOURCES = Script.HOME.resolve("src/test/resources");

  @Test
  void answersAreThoseOfTheReference(Deployment deployment) throws IOException {
    Path table = Script.HOME.resolve("target/samples.md");
    Files.deleteIfExists(table);
    List<Sample> samples = Sample.readAll(RESOURCES.resolve("samples"));
    Script.run(
            Duration.ofMinutes(1),
            "tempest",
            "prepare",
            "--endpoint",
            deployment.server().toString())
        .orThrow();
    var identities =
        new Identities(deployment.server().resolve("/").toString().replaceFirst("/$", ""));
    var demo = deployment.keystone().token("demo", "demo");
    var alt = deployment.keystone().token("alt_demo", "alt_demo");
    identities.put(lastSegment(samples, "quota-get"), demo.projectId());
    identities.put(lastSegment(samples, "quota-set"), alt.projectId());
    Map<String, String> tokens =
        Map.of(
            "<admin token>", deployment.keystone().token("admin", "admin").value(),
            "<demo token>", demo.value(),
            "<alt token>", alt.value());
    Rules rules = Rules.read(RESOURCES, Script.HOME.resolve("tempest/aliases.list"));
    var replay = new Replay(deployment.server(), tokens, rules, identities);

    List<Replay.Outcome> outcomes =
        samples.stream().filter(rules::inScope).map(replay::run).toList();

    String report = Report.of(outcomes);
    Files.writeString(table, report);
    assertThat(outcomes).as(report).noneMatch(Replay.Outcome::differs);
  }

  private static String lastSegment(List<Sample> samples, String name) {
    String path =
        samples.stream()
            .filter(sample -> sample.name().equals(name))
            .findFirst()
            .orElseThrow()
            .path();
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
