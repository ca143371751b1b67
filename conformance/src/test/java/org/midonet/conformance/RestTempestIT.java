package org.midonet.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The API passes the same tests when it tells MidoNet over REST, and the topology is then the one
 * that the built-in MidoNet makes of the same database.
 *
 * <p>Those that change what MidoNet is told of are run; all of expected-pass.list with {@code
 * -Dconformance.rest=all}.
 */
@Tag("packages")
@Tag("heavy")
@Order(Integer.MAX_VALUE)
@ExtendWith(DeploymentExtension.class)
class RestTempestIT {

  private static final Pattern TOLD =
      Pattern.compile(
          ".*\\.test_(networks|subnets|ports|routers|floating_ips|security_groups|dhcp_ipv6"
              + "|allowed_address_pair|extra_dhcp_options|extension_driver_port_security"
              + "|shared_network_extension|external_network_extension).*");

  @Test
  void theSameTestsPassAndTheTopologyIsTheSame(Deployment deployment) throws IOException {
    assumeThat(deployment.isOwn()).as("the server is one that is there already").isTrue();
    try (MidonetOverRest pair = deployment.overRest()) {
      String token = deployment.keystone().token("neutron", "service").value();
      int before = TopologyLines.of(pair.midonet(), token).size();
      TempestIT.run(pair.server(), list(), Script.HOME.resolve("target/tempest-rest"));
      makeWhatRemains(deployment, pair);
      List<String> told = TopologyLines.of(pair.midonet(), token);
      assertThat(told.size()).isGreaterThan(before);
      try (ServerProcess anew = pair.madeAnew()) {
        assertThat(TopologyLines.of(anew.url(), token)).isEqualTo(told);
      }
    }
  }

  private static Path list() throws IOException {
    Path all = Script.HOME.resolve("expected-pass.list");
    if (System.getProperty("conformance.rest", "").equals("all")) {
      return all;
    }
    Predicate<String> told = TOLD.asMatchPredicate();
    List<String> some = Files.readAllLines(all).stream().filter(told).toList();
    assertThat(some).hasSizeGreaterThan(200);
    Path list = Script.HOME.resolve("target/rest.list");
    return Files.write(list, some);
  }

  /** Tempest cleans up after itself. */
  private static void makeWhatRemains(Deployment deployment, MidonetOverRest pair) {
    Script.run(
            Duration.ofMinutes(1),
            Map.of(
                "KEYSTONE_URL",
                deployment.keystone().url(),
                "ADMIN_PASSWORD",
                Keystone.PASSWORD,
                "REGION",
                "RegionOne"),
            List.of(
                "/usr/bin/python3",
                Script.HOME.resolve("lib/cloud.py").toString(),
                pair.server().toString()))
        .orThrow();
  }
}
