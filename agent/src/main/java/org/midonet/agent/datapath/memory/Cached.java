package org.midonet.agent.datapath.memory;

import org.midonet.agent.flow.Actions;
import org.midonet.agent.flow.BegunFlow;

/** A flow in memory, and what it has carried. Not safe to share: the datapath guards it. */
final class Cached {
  final Actions actions;

  /** Of a flow that a template made, its slot and generation there; 0 of others. */
  final int slot;

  final int serial;
  final int turn;
  final boolean isBack;
  final int clientPort;
  long packets;
  long bytes;
  int tcpFlags;
  long used = System.nanoTime();
  private final long made = used;

  Cached(Actions actions) {
    this(actions, 0, 0, 0, false, 0);
  }

  Cached(Actions actions, int slot, int serial, int turn, boolean isBack, int clientPort) {
    this.actions = actions;
    this.slot = slot;
    this.serial = serial;
    this.turn = turn;
    this.isBack = isBack;
    this.clientPort = clientPort;
  }

  BegunFlow begun() {
    long now = System.nanoTime();
    return new BegunFlow(
        slot, turn, isBack, clientPort, packets, bytes, now - made, now - used, tcpFlags);
  }
}
