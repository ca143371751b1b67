package org.midonet.app;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.midonet.neutron.config.ApiConfig;

/** Looks whether an address is free; the web server tells nobody why it could not bind. */
final class Listening {
  private Listening() {}

  /**
   * Looks whether the Networking API can listen.
   *
   * @throws Failure when it cannot
   */
  static void requireFree(ApiConfig api) {
    requireFree(api.bindHost(), api.bindPort(), "give --bind-port");
  }

  static void requireFree(String host, int port, String remedy) {
    try (ServerSocket probe = new ServerSocket()) {
      probe.bind(new InetSocketAddress(host, port));
    } catch (IOException | RuntimeException e) {
      throw Failure.cannotListen(host, port, remedy, e);
    }
  }
}
