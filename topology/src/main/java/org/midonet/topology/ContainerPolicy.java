package org.midonet.topology;

/** How a host is chosen for a service container. */
public enum ContainerPolicy {
  /** At random, by the weights of the hosts. */
  WEIGHTED,
  /** The host with the fewest containers. */
  LEAST
}
