package org.midonet.app;

import org.midonet.neutron.config.NeutronConfig;
import org.midonet.neutron.config.SampleConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code midonet config}; used by the main thread. */
@Command(
    name = "config",
    mixinStandardHelpOptions = true,
    description = "Write a sample configuration, or check one.",
    subcommands = {ConfigCommand.Sample.class, ConfigCommand.Check.class})
final class ConfigCommand {

  /** {@code midonet config sample}; used by the main thread. */
  @Command(
      name = "sample",
      mixinStandardHelpOptions = true,
      description = "Print a neutron.conf with every option, its meaning and its default.")
  static final class Sample implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
      spec.commandLine().getOut().print(SampleConfig.text());
      spec.commandLine().getOut().flush();
    }
  }

  /** {@code midonet config check}; used by the main thread. */
  @Command(
      name = "check",
      mixinStandardHelpOptions = true,
      description = "Say what is wrong with a configuration; the exit code is 3 if it is unusable.")
  static final class Check implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private ConfigFiles files = new ConfigFiles();

    @Override
    public void run() {
      NeutronConfig config = Settings.resolve(files, Settings.CommandLine.NOTHING);
      config.warnings().forEach(line -> spec.commandLine().getErr().println("warning: " + line));
      spec.commandLine().getOut().println("The configuration is usable.");
    }
  }
}
