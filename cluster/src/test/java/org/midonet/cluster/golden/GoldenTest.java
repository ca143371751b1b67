package org.midonet.cluster.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Recorded requests make the topology that a real MidoNet made of them. */
final class GoldenTest {
  @Test
  void aRecordingComparesEqualWithItself() {
    for (String name : List.of("all-services", "uplink-and-binding", "lbaas-v2")) {
      for (Recording.Step step : Recording.read(name).steps()) {
        if (step instanceof Recording.Dump dump) {
          Facts facts = Facts.of(dump.topology());
          assertThat(facts.values()).hasSizeGreaterThan(100);
          assertThat(Facts.differences(facts, Facts.of(dump.topology()))).isEmpty();
        }
      }
    }
  }
}
