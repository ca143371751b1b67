package org.midonet.neutron.config;

/** A value that must not reach a log, such as a password or a URL that holds one; immutable. */
public record Secret(String reveal) {
  @Override
  public String toString() {
    return "(hidden)";
  }
}
