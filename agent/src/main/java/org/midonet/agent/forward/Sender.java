package org.midonet.agent.forward;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.midonet.agent.datapath.Datapath;
import org.midonet.agent.flow.Actions;
import org.midonet.agent.sim.Generated;
import org.midonet.agent.sim.Output;
import org.midonet.agent.sim.Simulation;
import org.midonet.agent.sim.Verdict;
import org.midonet.agent.state.Effect;
import org.midonet.nsdb.Topology;
import org.midonet.packets.frame.Ethernet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends frames that have no flow: those that the agent makes, and those that it rewrites itself.
 * Confined to the packet loop.
 */
final class Sender {
  private static final Logger LOG = LoggerFactory.getLogger(Sender.class);

  private final Datapath datapath;
  private final TopologyFollower topology;
  private final Egress egress;
  private final Supplier<Simulation> simulation;
  private final Consumer<List<Effect>> effects;

  Sender(
      Datapath datapath,
      TopologyFollower topology,
      Egress egress,
      Supplier<Simulation> simulation,
      Consumer<List<Effect>> effects) {
    this.datapath = datapath;
    this.topology = topology;
    this.egress = egress;
    this.simulation = simulation;
    this.effects = effects;
  }

  /** Sends what the agent made on its way through the virtual network. */
  void send(Generated made) {
    Verdict verdict = simulation.get().generated(made, Set.of(), false);
    effects.accept(verdict.effects());
    if (verdict.kind() != Verdict.Kind.FORWARD) {
      LOG.debug("what the agent made goes nowhere: {} {}", made, verdict.reason());
      return;
    }
    Topology present = topology.present().topology();
    verdict.outputs().forEach(output -> emit(present, made.frame(), output));
  }

  /** Sends a frame as it is to be when it leaves by a port. */
  void emit(Topology present, Ethernet frame, Output output) {
    Actions actions = egress.to(present, output.port());
    if (actions != null) {
      datapath.emit(output.rewrite().apply(frame).toBytes(), actions);
    }
  }
}
