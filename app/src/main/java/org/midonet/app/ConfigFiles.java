package org.midonet.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.midonet.neutron.config.NeutronConfig;
import picocli.CommandLine.Option;

/** The options that name configuration files, shared by all commands; used by the main thread. */
final class ConfigFiles {
  @Option(
      names = "--config-file",
      paramLabel = "FILE",
      description = "A configuration file such as /etc/neutron/neutron.conf; later ones win.")
  private List<Path> files = new ArrayList<>();

  @Option(
      names = "--config-dir",
      paramLabel = "DIR",
      description = "A directory whose *.conf files are read after the configuration files.")
  private List<Path> dirs = new ArrayList<>();

  boolean areGiven() {
    return !files.isEmpty() || !dirs.isEmpty();
  }

  NeutronConfig load(Map<String, String> overrides) {
    return NeutronConfig.load(files, dirs, overrides);
  }
}
