package org.midonet.cluster.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.midonet.cluster.api.TestApi;

/** The recorded requests, over HTTP, make the recorded topologies. */
final class ReplayTest {
  /** With entries of bridges' tables that load balancing and remote sites made. */
  private static final Set<Integer> OF_LATER_SERVICES = Set.of(26, 53);

  @ParameterizedTest
  @ValueSource(strings = {"all-services", "uplink-and-binding"})
  void everyDumpIsEqual(String name) {
    try (TestApi api = TestApi.start()) {
      Replay replay = new Replay(api, Recording.read(name));
      assertThat(
              replay.run(
                  step -> !(name.equals("all-services") && OF_LATER_SERVICES.contains(step))))
          .isEmpty();
    }
  }
}
