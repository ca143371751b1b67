package org.midonet.cluster.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.midonet.cluster.api.TestApi;

/** The recorded requests, over HTTP, make the recorded topologies. */
final class ReplayTest {
  @Test
  void everyDumpOfAllServicesIsEqual() {
    // The host of the uplink is not known there.
    replay(
        "all-services",
        "36 PUT /neutron/routers/00000063-0000-4000-8000-000000000000/add_router_interface 404");
  }

  @Test
  void everyDumpOfUplinksAndBindingsIsEqual() {
    String host = "/hosts/00000099-0000-4000-8000-000000000000";
    replay(
        "uplink-and-binding",
        // The host is in no tunnel zone yet; the port is bound already; the host has bindings.
        "26 POST " + host + "/ports 409",
        "30 POST " + host + "/ports 409",
        "32 DELETE " + host + " 403",
        // The gateway of the floating IP went before it.
        "40 DELETE /neutron/floating_ips/00000016-0000-4000-8000-000000000000 409");
  }

  /** Between the first dump and the last stand those of LBaaS v2, which comes later. */
  @Test
  void theDumpsOfLbaasV2WithoutItsObjectsAreEqual() {
    replay("lbaas-v2", Set.of(18, 33)::contains);
  }

  private static void replay(String name, String... refused) {
    replay(name, step -> true, refused);
  }

  private static void replay(String name, Predicate<Integer> wanted, String... refused) {
    try (TestApi api = TestApi.start()) {
      Replay replay = new Replay(api, Recording.read(name));
      List<String> differences = replay.run(wanted);
      assertThat(replay.refused()).containsExactly(refused);
      assertThat(differences).isEmpty();
    }
  }
}
