/**
 * Packets as pure values: Ethernet, ARP, IPv4, IPv6, TCP, UDP, ICMP, neighbour discovery and DHCP,
 * read from octets and written to them, checksums included. The agent reads what comes up from the
 * kernel by these and makes the packets that it sends itself.
 *
 * <p>Reading never fails: what is cut short or not understood stays {@link
 * org.midonet.packets.frame.Octets}, so that a frame that was read and is written again is the same
 * frame, without its padding and with right checksums.
 */
@NullMarked
package org.midonet.packets.frame;

import org.jspecify.annotations.NullMarked;
