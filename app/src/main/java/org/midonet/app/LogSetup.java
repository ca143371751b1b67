package org.midonet.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.midonet.neutron.config.LoggingConfig;
import org.slf4j.LoggerFactory;

/**
 * Where log lines go and how they look: time, process, level, logger and request as Neutron writes
 * them; used while the program starts. Logback finds this class as a service, so that no XML is
 * parsed on the way to the first answer.
 */
public final class LogSetup extends ContextAwareBase implements Configurator {
  private static final String PATTERN =
      "%d{yyyy-MM-dd HH:mm:ss.SSS} "
          + ProcessHandle.current().pid()
          + " %level %logger [%X{request_id:--}] %msg%n";

  /** Helidon logs by java.util.logging, which forgets a level once nobody holds the logger. */
  private static final java.util.logging.Logger HELIDON =
      java.util.logging.Logger.getLogger("io.helidon");

  private static final List<String> CHATTY =
      List.of("com.zaxxer.hikari", "org.jooq", "com.rabbitmq", "org.apache");

  /**
   * They warn of each lost connection with a stack trace; the topology store tells of it in a line.
   */
  private static final List<String> ALARMED = List.of("org.apache.zookeeper", "org.apache.curator");

  /** Until the configuration is read, warnings and errors go to stderr. */
  @Override
  public ExecutionStatus configure(LoggerContext context) {
    Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.WARN);
    root.addAppender(stderr(context));
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  /**
   * Does as the configuration says.
   *
   * @throws Failure when the log file cannot be written to
   */
  static void apply(LoggingConfig config) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(config.debug() ? Level.DEBUG : Level.INFO);
    HELIDON.setLevel(java.util.logging.Level.WARNING);
    CHATTY.forEach(name -> context.getLogger(name).setLevel(Level.WARN));
    ALARMED.forEach(name -> context.getLogger(name).setLevel(Level.ERROR));
    config
        .file()
        .ifPresent(file -> {
          OutputStreamAppender<ILoggingEvent> appender = file(context, file);
          if (!config.useStderr()) {
            root.detachAndStopAllAppenders();
          }
          root.addAppender(appender);
        });
  }

  private static OutputStreamAppender<ILoggingEvent> stderr(LoggerContext context) {
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setTarget("System.err");
    return started(context, appender);
  }

  private static OutputStreamAppender<ILoggingEvent> file(LoggerContext context, Path file) {
    try {
      Path directory = file.toAbsolutePath().getParent();
      if (directory != null) {
        Files.createDirectories(directory);
      }
    } catch (IOException e) {
      throw new Failure(Failure.FAILED, "cannot make the directory of the log file: " + e);
    }
    FileAppender<ILoggingEvent> appender = new FileAppender<>();
    appender.setFile(file.toString());
    OutputStreamAppender<ILoggingEvent> started = started(context, appender);
    if (!started.isStarted()) {
      throw new Failure(Failure.FAILED, "cannot write to the log file " + file);
    }
    return started;
  }

  private static OutputStreamAppender<ILoggingEvent> started(
      LoggerContext context, OutputStreamAppender<ILoggingEvent> appender) {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern(PATTERN);
    encoder.start();
    appender.setContext(context);
    appender.setEncoder(encoder);
    appender.start();
    return appender;
  }
}
