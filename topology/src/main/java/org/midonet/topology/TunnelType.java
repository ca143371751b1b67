package org.midonet.topology;

/** How hosts of a tunnel zone encapsulate. */
public enum TunnelType {
  GRE,
  VXLAN,
  VTEP
}
