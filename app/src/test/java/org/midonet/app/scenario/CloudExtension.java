package org.midonet.app.scenario;

import java.io.IOException;
import java.util.Objects;
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
    return parameter.getParameter().getType() == Cloud.class;
  }

  @Override
  public Cloud resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getStore(NAMESPACE)
        .computeIfAbsent(Cloud.class, key -> new Cloud(host(context)), Cloud.class);
  }

  private static Host host(ExtensionContext context) {
    return Objects.requireNonNull(
        context
            .getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE)
            .computeIfAbsent(Host.class, key -> Host.start(), Host.class));
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
