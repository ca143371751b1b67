package org.midonet.agent.linux;

/** Something happened to a network device. Immutable, safe to share. */
public sealed interface LinkEvent {
  Link link();

  /** The device is new, or something about it changed. */
  record Present(Link link) implements LinkEvent {}

  /** The device is gone from the namespace. */
  record Gone(Link link) implements LinkEvent {}
}
