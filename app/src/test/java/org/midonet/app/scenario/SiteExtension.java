package org.midonet.app.scenario;

import java.io.IOException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives each test a {@link Site}, and takes its machines away afterwards. The hosts start with the
 * first one and end with the run of all tests. Stateless.
 */
final class SiteExtension implements BeforeAllCallback, AfterEachCallback, ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(SiteExtension.class);

  @Override
  public void beforeAll(ExtensionContext context) {
    CloudExtension.requireTools();
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Site.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Region region = Region.of(context.getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE));
    return context
        .getStore(NAMESPACE)
        .computeIfAbsent(Site.class, _ -> new Site(region, new Cloud(region.host(1))), Site.class);
  }

  /** As {@link CloudExtension} does, of all hosts. */
  @Override
  public void afterEach(ExtensionContext context) throws IOException {
    Site site = context.getStore(NAMESPACE).get(Site.class, Site.class);
    if (site == null) {
      return;
    }
    for (Host host : site.region().hosts()) {
      String said =
          host.newLog()
              .lines()
              .filter(line -> !line.contains(".access "))
              .collect(Collectors.joining(System.lineSeparator()));
      if (context.getExecutionException().isPresent()) {
        System.out.printf("%s: %s said%n%s%n", context.getDisplayName(), host.name(), said);
      } else if (said.contains(" ERROR ")) {
        throw new AssertionError(host.name() + " said\n" + said);
      }
    }
  }
}
