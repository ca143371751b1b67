package org.midonet.agent.datapath;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Two hosts with a datapath each, joined by an underlay, and devices to plug in. */
interface Bench extends AutoCloseable {

  /** The far end of a device. */
  interface Cable {
    /** Its number in the datapath. */
    int port();

    void send(byte[] frame);

    /** The next frame that came out, null if there is none. */
    byte @Nullable [] receive();
  }

  /** Datapaths at {@code UNDERLAY.get(0)} and {@code UNDERLAY.get(1)}. */
  List<Datapath> hosts();

  /** Makes a device and attaches it. */
  Cable plug(int host);

  @Override
  void close();
}
