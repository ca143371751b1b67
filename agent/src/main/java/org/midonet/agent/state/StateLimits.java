package org.midonet.agent.state;

/**
 * How much an agent keeps at most, so that no machine can use up its memory. Immutable, safe to
 * share.
 *
 * @param connections connections and translations in all
 * @param connectionsOfPort those that packets from one port made
 * @param addresses learned MACs and neighbours in all
 * @param addressesOfPort those that were learned from one port
 */
public record StateLimits(
    int connections, int connectionsOfPort, int addresses, int addressesOfPort) {
  public static final StateLimits DEFAULT = new StateLimits(1 << 20, 1 << 16, 1 << 16, 1 << 12);
}
