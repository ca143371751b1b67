package org.midonet.agent.flow;

/** Where a packet came into the datapath. Immutable, safe to share. */
public sealed interface Input {

  /**
   * A device of this host.
   *
   * @param number the datapath's number for it, from 1
   */
  record Port(int number) implements Input {
    public static final int MAX = (1 << 14) - 1;

    public Port {
      if (number < 1 || number > MAX) {
        throw new IllegalArgumentException(number + " is no port number, 1 to " + MAX);
      }
    }
  }

  /**
   * The overlay: a peer host sent it here.
   *
   * @param key the tunnel key, 24 bits, which names the egress port
   */
  record Tunnel(int key) implements Input {
    public static final int MAX = (1 << 24) - 1;

    public Tunnel {
      if (key < 0 || key > MAX) {
        throw new IllegalArgumentException(key + " is no tunnel key, 0 to " + MAX);
      }
    }
  }
}
