package org.midonet.neutron.config;

import static org.midonet.neutron.config.OptionName.DEFAULT;
import static org.midonet.neutron.config.OptionTypes.bool;
import static org.midonet.neutron.config.OptionTypes.path;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What is logged and where ({@code [DEFAULT]}); immutable. */
public record LoggingConfig(
    boolean debug, Optional<Path> logFile, Optional<Path> logDir, boolean useStderr) {
  static final Option<Boolean> DEBUG =
      Option.of("DEFAULT", "debug", bool(), false, "Whether to log at DEBUG instead of INFO.");

  static final Option<Path> LOG_FILE =
      Option.of(
              "DEFAULT",
              "log_file",
              path(),
              null,
              "The file to log to, in log_dir if that is set; without it lines go to stderr.")
          .formerly(DEFAULT, "logfile");

  static final Option<Path> LOG_DIR =
      Option.of(
              "DEFAULT",
              "log_dir",
              path(),
              null,
              "The directory of log_file; alone it means neutron-server.log in that directory.")
          .formerly(DEFAULT, "logdir");

  static final Option<Boolean> USE_STDERR =
      Option.of(
          "DEFAULT",
          "use_stderr",
          bool(),
          false,
          "Whether lines go to stderr even when they go to a file.");

  static final List<Option<?>> OPTIONS = List.of(DEBUG, LOG_FILE, LOG_DIR, USE_STDERR);

  static LoggingConfig read(ConfigReader reader) {
    return new LoggingConfig(
        reader.get(DEBUG), reader.find(LOG_FILE), reader.find(LOG_DIR), reader.get(USE_STDERR));
  }

  /** Returns the file that log lines go to, if any. */
  public Optional<Path> file() {
    Path directory = logDir.orElse(Path.of(""));
    Optional<Path> name =
        logDir.isPresent() ? Optional.of(Path.of("neutron-server.log")) : Optional.empty();
    return logFile.or(() -> name).map(directory::resolve);
  }
}
