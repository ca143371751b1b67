package org.midonet.neutron.auth;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Logs users in and lists projects, for a server that has a login of its own; safe to share between
 * threads. Source: Identity API v3, /auth/tokens and /projects.
 */
public final class KeystoneAccounts implements AutoCloseable {
  /** A token and its end. */
  public record Login(String token, Instant expiresAt) {}

  /** A project as Keystone shows it. */
  public record Project(String id, String name, String description, boolean enabled) {}

  private static final Pattern ID = Pattern.compile("[0-9a-f]{32}|[0-9a-f-]{36}");

  private final KeystoneSettings settings;
  private final KeystoneClient keystone;

  /** Connects to nothing yet. */
  public KeystoneAccounts(KeystoneSettings settings) {
    this.settings = settings;
    this.keystone = new KeystoneClient(settings, InstantSource.system());
  }

  /**
   * Gets a token for a user in the domain of our own account.
   *
   * @param project its name or id, null for the project of our own account
   * @throws AuthenticationException 401 when Keystone refuses, 503 when it cannot be asked
   */
  public Login login(String user, String password, @Nullable String project) {
    KeystoneClient.OwnToken token;
    try {
      token = keystone.tryLogin(account(user, password, project));
    } catch (KeystoneUnavailableException e) {
      throw unavailable(e);
    }
    if (token == null) {
      throw AuthenticationException.required(
          settings.wwwAuthenticateUri(), "Keystone does not take the name or the password");
    }
    return new Login(token.value(), token.expiresAt());
  }

  /**
   * Lists the projects that our own account may see.
   *
   * @throws AuthenticationException 503 when Keystone cannot be asked
   */
  public List<Project> projects() {
    try {
      List<Project> projects = new ArrayList<>();
      for (JsonNode project :
          JsonMapper.shared().readTree(keystone.get("projects")).path("projects")) {
        projects.add(
            new Project(
                project.path("id").asString(""),
                project.path("name").asString(""),
                project.path("description").asString(""),
                project.path("enabled").asBoolean(true)));
      }
      return List.copyOf(projects);
    } catch (KeystoneUnavailableException e) {
      throw unavailable(e);
    } catch (JacksonException e) {
      throw AuthenticationException.unavailable("Keystone's list of projects cannot be read");
    }
  }

  @Override
  public void close() {
    keystone.close();
  }

  private KeystoneSettings.Account account(String user, String password, @Nullable String project) {
    KeystoneSettings.Account own = settings.account();
    boolean isId = project != null && ID.matcher(project).matches();
    String projectId = project == null ? own.projectId() : isId ? project : null;
    String projectName = project == null ? own.projectName() : isId ? null : project;
    return new KeystoneSettings.Account(
        null,
        user,
        password,
        own.userDomainId(),
        own.userDomainName(),
        projectId,
        projectName,
        own.projectDomainId(),
        own.projectDomainName(),
        null);
  }

  private static AuthenticationException unavailable(KeystoneUnavailableException e) {
    return AuthenticationException.unavailable(String.valueOf(e.getMessage()));
  }
}
