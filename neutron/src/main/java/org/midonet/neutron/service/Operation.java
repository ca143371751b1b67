package org.midonet.neutron.service;

/** What happened to a resource. */
public enum Operation {
  /** It was made. */
  CREATE,
  /** It was changed. */
  UPDATE,
  /** It was removed. */
  DELETE,
  /** A router got an interface; the change's details say which. */
  ADD_INTERFACE,
  /** A router lost an interface; the change's details say which. */
  REMOVE_INTERFACE
}
