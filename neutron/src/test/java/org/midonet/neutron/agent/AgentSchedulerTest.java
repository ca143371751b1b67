package org.midonet.neutron.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.midonet.neutron.agent.AgentScheduler.Candidate;

final class AgentSchedulerTest {
  private static final Candidate BUSY = new Candidate("busy", "north", 9);
  private static final Candidate IDLE = new Candidate("idle", "north", 0);
  private static final Candidate HALF = new Candidate("half", "south", 5);

  @Test
  void weightPrefersTheLeastLoaded() {
    assertThat(choose(AgentScheduler.WEIGHT, List.of(), 2)).containsExactly(IDLE, HALF);
  }

  @Test
  void zonesAreServedInTurnBeforeLoadCounts() {
    assertThat(choose(AgentScheduler.ZONES, List.of(), 3)).containsExactly(IDLE, HALF, BUSY);
    Candidate serving = new Candidate("serving", "north", 1);
    assertThat(choose(AgentScheduler.ZONES, List.of(serving), 1)).containsExactly(HALF);
  }

  @Test
  void chanceTakesAsManyAsAreNeeded() {
    assertThat(choose(AgentScheduler.CHANCE, List.of(), 2)).hasSize(2).doesNotHaveDuplicates();
  }

  @Test
  void neverMoreThanThereAreNorLessThanNone() {
    assertThat(choose(AgentScheduler.WEIGHT, List.of(), 9)).hasSize(3);
    assertThat(choose(AgentScheduler.WEIGHT, List.of(), -1)).isEmpty();
  }

  @Test
  void driversAreKnownByTheirPythonClassPaths() {
    assertThat(AgentScheduler.parse("neutron.scheduler.dhcp_agent_scheduler.WeightScheduler"))
        .isEqualTo(AgentScheduler.WEIGHT);
    assertThat(AgentScheduler.parse("neutron.scheduler.l3_agent_scheduler.AZLeastRoutersScheduler"))
        .isEqualTo(AgentScheduler.ZONES);
    assertThatThrownBy(() -> AgentScheduler.parse("my.Scheduler"))
        .hasMessageContaining("my.Scheduler")
        .hasMessageContaining("ChanceScheduler");
  }

  private static List<Candidate> choose(
      AgentScheduler scheduler, List<Candidate> serving, int needed) {
    return scheduler.choose(List.of(BUSY, IDLE, HALF), serving, needed, new Random(1));
  }
}
