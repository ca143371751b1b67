package org.midonet.neutron.auth;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What Keystone says of a token; immutable and safe to share between threads. Source: Identity API
 * v3, "Validate and show information for token".
 *
 * @param accessRules what an application credential is restricted to; null when it is not
 */
record KeystoneToken(
    Named user,
    Named userDomain,
    Named project,
    Named projectDomain,
    @Nullable String domainId,
    @Nullable String systemScope,
    Set<String> roles,
    boolean isAdminProject,
    Instant expiresAt,
    @Nullable List<AccessRule> accessRules) {

  /** An id with its name, either of which may be missing. */
  record Named(@Nullable String id, @Nullable String name) {}

  /** One operation that a restricted application credential may call. */
  record AccessRule(@Nullable String service, @Nullable String method, String path) {}

  private static final JsonMapper JSON = JsonMapper.shared();

  /**
   * Reads the answer's body.
   *
   * @throws IllegalArgumentException when it is not a token
   */
  static KeystoneToken parse(String body) {
    JsonNode token;
    try {
      token = JSON.readTree(body).path("token");
    } catch (JacksonException e) {
      throw new IllegalArgumentException("the answer is not JSON", e);
    }
    JsonNode user = token.path("user");
    JsonNode project = token.path("project");
    String expires = text(token.path("expires_at"));
    if (text(user.path("id")) == null || expires == null) {
      throw new IllegalArgumentException("the answer has no token with user and expires_at");
    }
    return new KeystoneToken(
        named(user),
        named(user.path("domain")),
        named(project),
        named(project.path("domain")),
        text(token.path("domain").path("id")),
        token.path("system").path("all").asBoolean(false) ? "all" : null,
        roles(token.path("roles")),
        token.path("is_admin_project").asBoolean(true),
        instant(expires),
        accessRules(token.path("application_credential").path("access_rules")));
  }

  private static Named named(JsonNode node) {
    return new Named(text(node.path("id")), text(node.path("name")));
  }

  private static @Nullable String text(JsonNode node) {
    return node.isString() ? node.stringValue() : null;
  }

  private static Instant instant(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("expires_at is no time: " + text, e);
    }
  }

  private static Set<String> roles(JsonNode roles) {
    Set<String> names = new LinkedHashSet<>();
    for (JsonNode role : roles) {
      String name = text(role.path("name"));
      if (name != null) {
        names.add(name);
      }
    }
    return names;
  }

  private static @Nullable List<AccessRule> accessRules(JsonNode rules) {
    if (!rules.isArray()) {
      return null;
    }
    List<AccessRule> read = new ArrayList<>();
    for (JsonNode rule : rules) {
      String path = text(rule.path("path"));
      if (path != null) {
        read.add(new AccessRule(text(rule.path("service")), text(rule.path("method")), path));
      }
    }
    return List.copyOf(read);
  }
}
