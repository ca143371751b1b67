package org.midonet.app.scenario;

import java.io.IOException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives each test a cloud, and takes its machines away afterwards. The host starts with the first
 * one and ends with the run of all tests. Stateless.
 */
final class CloudExtension implements BeforeAllCallback, AfterEachCallback, ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(CloudExtension.class);

  @Override
  public void beforeAll(ExtensionContext context) {
    requireTools();
  }

  /** On a laptop the tests are left out, in continuous integration they fail. */
  static void requireTools() {
    String missing = Machine.missingTool();
    boolean required = Boolean.parseBoolean(System.getenv("CI"));
    if (missing != null && required) {
      throw new IllegalStateException(
          missing + " is not installed; conformance/bin/install installs it");
    }
    Assumptions.assumeTrue(
        missing == null, () -> missing + " is not installed: the scenarios are left out");
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == Cloud.class || type == OldConnections.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Host host = host(context);
    return parameter.getParameter().getType() == Cloud.class
        ? context
            .getStore(NAMESPACE)
            .computeIfAbsent(Cloud.class, key -> new Cloud(host), Cloud.class)
        : oldConnections(context, host);
  }

  private static OldConnections oldConnections(ExtensionContext context, Host host) {
    return context
        .getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE)
        .computeIfAbsent(
            OldConnections.class, key -> new OldConnections(host), OldConnections.class);
  }

  private static Host host(ExtensionContext context) {
    Host host =
        context
            .getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE)
            .computeIfAbsent(Host.class, key -> Host.start(), Host.class);
    oldConnections(context, host);
    return host;
  }

  /**
   * What the program says of a failed test is printed, and a program that failed fails the test.
   */
  @Override
  public void afterEach(ExtensionContext context) throws IOException {
    Cloud cloud = context.getStore(NAMESPACE).get(Cloud.class, Cloud.class);
    if (cloud == null) {
      return;
    }
    String said = cloud.host().newLog();
    if (context.getExecutionException().isPresent()) {
      String without =
          said.lines()
              .filter(line -> !line.contains(".access "))
              .collect(Collectors.joining(System.lineSeparator()));
      System.out.printf("%s: the program said%n%s%n", context.getDisplayName(), without);
    } else if (said.contains(" ERROR ")) {
      throw new AssertionError("the program said\n" + said);
    }
  }
}
