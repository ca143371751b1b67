package org.midonet.agent.trace;

import java.util.List;
import org.midonet.agent.sim.Explanation;
import org.midonet.agent.sim.Simulation;
import org.midonet.agent.sim.Verdict;
import org.midonet.nsdb.Topology;
import org.midonet.packets.frame.Ethernet;

/** Tells what would become of a packet, and why. Stateless. */
public final class Tracer {
  private Tracer() {}

  /**
   * Tells it in lines of text. Nothing is sent, and nothing changes.
   *
   * @throws IllegalArgumentException if there is no such packet; the message says why
   */
  public static String trace(Simulation simulation, Question question) {
    Topology topology = simulation.topology().topology();
    Ethernet frame = Probe.frame(topology, question);
    Verdict verdict = simulation.decide(Simulation.Input.of(frame, question.from()).traced());
    List<String> lines = new Explanation(topology, question.everyRule()).lines(verdict.trace());
    return String.join("\n", lines) + "\n";
  }
}
