package org.midonet.topology;

/** Whether a member or pool takes connections. */
public enum LbStatus {
  ACTIVE,
  INACTIVE,
  /** Not probed, taken to be well. */
  NO_MONITOR
}
