package org.midonet.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** openstacksdk creates, finds, lists, updates and deletes each resource. */
@Tag("packages")
@ExtendWith(DeploymentExtension.class)
class SdkIT {

  @ParameterizedTest
  @ValueSource(strings = {"demo", "admin"})
  void resourcesLiveThroughTheSdk(String user, Deployment deployment) {
    Script.run(
            Duration.ofMinutes(1),
            "tempest",
            "prepare",
            "--endpoint",
            deployment.server().toString())
        .orThrow();
    Script.Result result =
        Script.run(
            Duration.ofMinutes(3),
            OpenStackCommand.environment(user, deployment),
            List.of("/usr/bin/python3", Script.HOME.resolve("lib/sdk_session.py").toString()));
    assertThat(result.status()).as("%s%s", result.output(), result.errors()).isZero();
    assertThat(result.output())
        .contains("deleted network", "deleted router", "deleted subnet_pool", "deleted port");
  }
}
