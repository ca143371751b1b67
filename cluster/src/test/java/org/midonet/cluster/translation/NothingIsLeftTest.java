package org.midonet.cluster.translation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.midonet.nsdb.Sequence;
import org.midonet.nsdb.StateTable;
import org.midonet.nsdb.Topology;
import org.midonet.topology.ObjectType;

/**
 * Whatever Neutron does in whatever order, nothing is left once it has deleted everything. A seed
 * stands for a life of a cloud; each step does one of the things that Neutron lets its users do.
 */
final class NothingIsLeftTest {
  private static final int STEPS = 400;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89})
  void nothingIsLeftOfACloudThatIsDeleted(long seed) {
    Cloud cloud = new Cloud(seed);
    for (int step = 0; step < STEPS; step++) {
      cloud.live();
    }
    assertThat(cloud.neutron.topology().count(ObjectType.PORT)).as("life of %d", seed).isPositive();
    cloud.die();
    Topology rest = cloud.neutron.topology();
    for (ObjectType<?> type : ObjectType.all()) {
      assertThat(rest.list(type)).as("%s left by %d", type, seed).isEmpty();
    }
    for (UUID network : cloud.everyNetwork) {
      assertThat(rest.entries(StateTable.macs(network, 0))).isEmpty();
      assertThat(rest.entries(StateTable.arps(network))).isEmpty();
    }
    assertThat(rest.last(Sequence.OVERLAY_TUNNEL_KEY)).isPositive();
  }
}
