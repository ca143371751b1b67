package org.midonet.nsdb;

/**
 * ZooKeeper's limit on the size of a packet, which its classes read once when they are loaded.
 * Stateless.
 *
 * <p>The default of one MiB is too small for answers that list a hundred thousand znodes. Raising
 * it here affects what this process reads, as a client and as the embedded server; an ensemble of
 * others keeps its own limit on what it takes.
 */
final class Jute {
  /** What an ensemble takes when nothing is configured, in bytes. */
  static final int DEFAULT = 0xfffff;

  /** What this process takes, in bytes. */
  static final int RAISED = 64 << 20;

  private static final String PROPERTY = "jute.maxbuffer";

  private static final int CONFIGURED = Integer.getInteger(PROPERTY, DEFAULT);

  static {
    if (CONFIGURED < RAISED) {
      System.setProperty(PROPERTY, Integer.toString(RAISED));
    }
  }

  private Jute() {}

  /** Makes sure that the limit is raised; to be called before any class of ZooKeeper is used. */
  static void raise() {
    // The static initializer does it.
  }

  /** The limit that the operator gave the whole system by the property, or the default. */
  static int configured() {
    return CONFIGURED;
  }
}
