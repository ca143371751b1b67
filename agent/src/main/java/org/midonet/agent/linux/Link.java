package org.midonet.agent.linux;

/**
 * A network device, as rtnetlink(7) tells it. Immutable, safe to share.
 *
 * @param kind as {@code veth}, {@code vxlan} or {@code tun}; empty for physical devices
 * @param foreignPeer whether its other end is in another network namespace
 */
public record Link(int index, String name, int mtu, boolean up, String kind, boolean foreignPeer) {}
