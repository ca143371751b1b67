package org.midonet.neutron.config;

import static org.midonet.neutron.config.OptionTypes.choice;
import static org.midonet.neutron.config.OptionTypes.secret;
import static org.midonet.neutron.config.OptionTypes.string;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How a service user logs in to the Identity service, as keystoneauth reads it in the section of
 * each service that is called; immutable.
 */
public record AuthPluginConfig(
    Optional<String> authType,
    Optional<String> authUrl,
    Optional<String> username,
    Optional<String> userId,
    Optional<Secret> password,
    Optional<String> userDomainName,
    Optional<String> userDomainId,
    Optional<String> projectName,
    Optional<String> projectId,
    Optional<String> projectDomainName,
    Optional<String> projectDomainId,
    Optional<String> defaultDomainName,
    Optional<String> defaultDomainId,
    Optional<String> domainName,
    Optional<String> domainId,
    Optional<String> systemScope,
    Optional<String> trustId) {
  static final Option<String> AUTH_TYPE =
      Option.of("PLUGIN", "auth_type", choice("password", "v3password"), null, "How to log in.")
          .formerly("PLUGIN", "auth_plugin");

  static final Option<String> AUTH_URL =
      Option.of(
          "PLUGIN",
          "auth_url",
          string(),
          null,
          "The Identity service, such as http://controller:5000.");

  static final Option<String> USERNAME =
      Option.of("PLUGIN", "username", string(), null, "The user.").formerly("PLUGIN", "user_name");

  static final Option<String> USER_ID =
      Option.of("PLUGIN", "user_id", string(), null, "The user, by id.");

  static final Option<Secret> PASSWORD =
      Option.of("PLUGIN", "password", secret(), null, "The password.");

  static final Option<String> USER_DOMAIN_NAME =
      Option.of("PLUGIN", "user_domain_name", string(), null, "The domain of the user.");

  static final Option<String> USER_DOMAIN_ID =
      Option.of("PLUGIN", "user_domain_id", string(), null, "The domain of the user, by id.");

  static final Option<String> PROJECT_NAME =
      Option.of("PLUGIN", "project_name", string(), null, "The project to work in.")
          .formerly("PLUGIN", "tenant_name");

  static final Option<String> PROJECT_ID =
      Option.of("PLUGIN", "project_id", string(), null, "The project to work in, by id.")
          .formerly("PLUGIN", "tenant_id");

  static final Option<String> PROJECT_DOMAIN_NAME =
      Option.of("PLUGIN", "project_domain_name", string(), null, "The domain of the project.");

  static final Option<String> PROJECT_DOMAIN_ID =
      Option.of("PLUGIN", "project_domain_id", string(), null, "The domain of the project, by id.");

  static final Option<String> DEFAULT_DOMAIN_NAME =
      Option.of(
          "PLUGIN",
          "default_domain_name",
          string(),
          null,
          "The domain of user and project where those say nothing.");

  static final Option<String> DEFAULT_DOMAIN_ID =
      Option.of(
          "PLUGIN",
          "default_domain_id",
          string(),
          null,
          "The domain of user and project where those say nothing, by id.");

  static final Option<String> DOMAIN_NAME =
      Option.of(
          "PLUGIN", "domain_name", string(), null, "A domain to work in instead of a project.");

  static final Option<String> DOMAIN_ID =
      Option.of(
          "PLUGIN",
          "domain_id",
          string(),
          null,
          "A domain to work in instead of a project, by id.");

  static final Option<String> SYSTEM_SCOPE =
      Option.of(
          "PLUGIN",
          "system_scope",
          choice("all"),
          null,
          "all works on the whole cloud instead of a project.");

  static final Option<String> TRUST_ID =
      Option.of("PLUGIN", "trust_id", string(), null, "A trust to use.");

  static final List<Option<?>> OPTIONS =
      List.of(
          AUTH_TYPE,
          AUTH_URL,
          USERNAME,
          USER_ID,
          PASSWORD,
          USER_DOMAIN_NAME,
          USER_DOMAIN_ID,
          PROJECT_NAME,
          PROJECT_ID,
          PROJECT_DOMAIN_NAME,
          PROJECT_DOMAIN_ID,
          DEFAULT_DOMAIN_NAME,
          DEFAULT_DOMAIN_ID,
          DOMAIN_NAME,
          DOMAIN_ID,
          SYSTEM_SCOPE,
          TRUST_ID);

  static AuthPluginConfig read(ConfigReader reader, String section) {
    AuthPluginConfig config =
        new AuthPluginConfig(
            reader.find(AUTH_TYPE.in(section)),
            reader.find(AUTH_URL.in(section)),
            reader.find(USERNAME.in(section)),
            reader.find(USER_ID.in(section)),
            reader.find(PASSWORD.in(section)),
            reader.find(USER_DOMAIN_NAME.in(section)),
            reader.find(USER_DOMAIN_ID.in(section)),
            reader.find(PROJECT_NAME.in(section)),
            reader.find(PROJECT_ID.in(section)),
            reader.find(PROJECT_DOMAIN_NAME.in(section)),
            reader.find(PROJECT_DOMAIN_ID.in(section)),
            reader.find(DEFAULT_DOMAIN_NAME.in(section)),
            reader.find(DEFAULT_DOMAIN_ID.in(section)),
            reader.find(DOMAIN_NAME.in(section)),
            reader.find(DOMAIN_ID.in(section)),
            reader.find(SYSTEM_SCOPE.in(section)),
            reader.find(TRUST_ID.in(section)));
    config.checkScope(reader, section);
    return config;
  }

  /** The body of a login to the Identity API v3 (POST /v3/auth/tokens). */
  public Map<String, Object> login() {
    Map<String, Object> user =
        described(
            userId,
            username,
            userDomainId.or(() -> defaultDomainId),
            userDomainName.or(() -> defaultDomainName));
    password.ifPresent(secret -> user.put("password", secret.reveal()));
    Map<String, Object> auth = new LinkedHashMap<>();
    auth.put("identity", Map.of("methods", List.of("password"), "password", Map.of("user", user)));
    otherScope().or(this::project).ifPresent(scope -> auth.put("scope", scope));
    return Map.of("auth", auth);
  }

  /** The user as log lines name it. */
  public String userLabel() {
    return username.or(() -> userId).orElse("nobody");
  }

  /** What to work in instead of a project. */
  public Optional<Map<String, Object>> otherScope() {
    if (trustId.isPresent()) {
      return Optional.of(Map.of("OS-TRUST:trust", Map.of("id", trustId.get())));
    }
    if (systemScope.isPresent()) {
      return Optional.of(Map.of("system", Map.of("all", true)));
    }
    if (domainId.isPresent() || domainName.isPresent()) {
      return Optional.of(Map.of("domain", reference(domainId, domainName)));
    }
    return Optional.empty();
  }

  private Optional<Map<String, Object>> project() {
    if (projectId.isPresent() || projectName.isPresent()) {
      return Optional.of(
          Map.of(
              "project",
              described(
                  projectId,
                  projectName,
                  projectDomainId.or(() -> defaultDomainId),
                  projectDomainName.or(() -> defaultDomainName))));
    }
    return Optional.empty();
  }

  /** A user or project by its id, or else by its name within a domain. */
  private static Map<String, Object> described(
      Optional<String> id,
      Optional<String> name,
      Optional<String> domainId,
      Optional<String> domainName) {
    Map<String, Object> described = new LinkedHashMap<>(reference(id, name));
    if (id.isEmpty()) {
      described.put("domain", reference(domainId, domainName.or(() -> Optional.of("Default"))));
    }
    return described;
  }

  private static Map<String, Object> reference(Optional<String> id, Optional<String> name) {
    return id.<Map<String, Object>>map(value -> Map.of("id", value))
        .orElseGet(() -> Map.of("name", name.orElse("")));
  }

  /** A token is good for one thing, as keystoneauth has it. */
  private void checkScope(ConfigReader reader, String section) {
    long scopes =
        Stream.of(
                projectId.isPresent() || projectName.isPresent(),
                domainId.isPresent() || domainName.isPresent(),
                systemScope.isPresent(),
                trustId.isPresent())
            .filter(set -> set)
            .count();
    if (scopes > 1) {
      Option<?> other =
          Stream.of(TRUST_ID, SYSTEM_SCOPE, DOMAIN_ID, DOMAIN_NAME)
              .map(option -> option.in(section))
              .filter(reader::isSet)
              .findFirst()
              .orElseThrow();
      reader.reject(other, "only one of project, domain, system scope and trust can be worked in");
    }
  }

  /** The options as they stand in a section. */
  static List<Option<?>> optionsIn(String section) {
    List<Option<?>> options = new ArrayList<>();
    OPTIONS.forEach(option -> options.add(option.in(section)));
    return options;
  }
}
