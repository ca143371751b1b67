package org.midonet.benchmarks.datapath;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.midonet.agent.linux.NetworkNamespace;
import org.midonet.packets.Ipv4Address;

/**
 * A machine, which is a network namespace. Safe to share.
 *
 * @param address by which others reach it
 */
record Endpoint(NetworkNamespace namespace, Ipv4Address address) {
  private static final String LONGEST_COMMAND = "120";

  /** The same machine by another address. */
  Endpoint at(String other) {
    return new Endpoint(namespace, Ipv4Address.parse(other));
  }

  /** Runs a command inside, which has to succeed; answers what it said. */
  String run(String... command) {
    return run(namespace, command);
  }

  /** The same in any namespace. */
  static String run(NetworkNamespace where, String... command) {
    return where.call(() -> {
      List<String> limited = new ArrayList<>(List.of("timeout", LONGEST_COMMAND));
      limited.addAll(List.of(command));
      Process process = new ProcessBuilder(limited).redirectErrorStream(true).start();
      process.getOutputStream().close();
      byte[] said = process.getInputStream().readAllBytes();
      String text = new String(said, StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IOException(String.join(" ", command) + ": " + text);
      }
      return text;
    });
  }

  /** Runs lines of commands for ip(8). */
  static void ip(NetworkNamespace where, String lines) {
    for (String line : lines.strip().lines().toList()) {
      run(where, ("ip " + line.strip()).split(" "));
    }
  }
}
