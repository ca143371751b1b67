package org.midonet.neutron.auth;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether a restricted application credential may call an operation; stateless and safe to
 * share between threads. Source: keystone, "Application credentials", access rules.
 */
final class AccessRules {

  /** {@code **} is any path, {@code *} and {@code {name}} one segment of it. */
  private static final Pattern WILDCARD = Pattern.compile("\\*\\*|\\*|\\{[^}]*}");

  private AccessRules() {}

  static boolean allow(
      KeystoneToken token, AuthRequest request, @Nullable String serviceType, boolean fromService) {
    if (token.accessRules() == null) {
      return true;
    }
    if (serviceType == null) {
      return false;
    }
    // A service's token beside the user's shows that the user did not call us, but something that
    // itself was allowed.
    return fromService
        || token.accessRules().stream()
            .anyMatch(rule ->
                serviceType.equals(rule.service())
                    && request.method().equals(rule.method())
                    && matches(rule.path(), request.path()));
  }

  static boolean matches(String pattern, String path) {
    StringBuilder regex = new StringBuilder();
    Matcher wildcard = WILDCARD.matcher(pattern);
    int end = 0;
    while (wildcard.find()) {
      regex.append(Pattern.quote(pattern.substring(end, wildcard.start())));
      regex.append(wildcard.group().equals("**") ? ".*" : "[^/]+");
      end = wildcard.end();
    }
    return Pattern.matches(regex.append(Pattern.quote(pattern.substring(end))).toString(), path);
  }
}
