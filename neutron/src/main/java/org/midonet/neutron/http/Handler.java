package org.midonet.neutron.http;

/**
 * Answers requests: authentication, limits, logging and the API itself are handlers, one wrapped
 * around the other. Implementations are shared between threads and may block.
 */
@FunctionalInterface
public interface Handler {
  /** Answers a request; throws nothing but what the outermost handler turns into a 500. */
  Response handle(Request request);
}
