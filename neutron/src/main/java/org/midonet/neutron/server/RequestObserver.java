package org.midonet.neutron.server;

import org.midonet.neutron.http.Request;

/** Hears of each request of the Networking API once it is answered. Must be safe to share. */
@FunctionalInterface
public interface RequestObserver {
  RequestObserver NONE = (request, status, nanos) -> {};

  /**
   * A request was answered.
   *
   * @param nanos how long that took, without reading the request and sending the answer
   */
  void answered(Request request, int status, long nanos);
}
