package org.midonet.topology;

/** A DHCP option by name or number, and its value as text. Immutable, safe to share. */
public record DhcpOption(String name, String value) {}
