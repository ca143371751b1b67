package org.midonet.neutron.auth;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, in which project and with what privileges; immutable and safe to share between threads.
 *
 * <p>What Keystone did not say is null. Role names keep their spelling; compare them with {@link
 * #hasRole}, since Keystone takes them without regard to case. {@code isAdmin} and {@code isAdvsvc}
 * are decided once per request by the policy rules {@code context_is_admin} and {@code
 * context_is_advsvc}.
 *
 * @param requestId {@code req-<uuid>}, answered as X-Openstack-Request-Id
 * @param globalRequestId the X-Openstack-Request-Id the client sent, to follow a request through
 *     several services
 * @param domainId the domain of a domain-scoped token
 * @param systemScope {@code all} for a system-scoped token
 * @param isAdminProject whether the token's project is Keystone's admin project; true where
 *     Keystone has none
 * @param authToken the client's token, to act in its name; never logged
 * @param service the service that passed the request on, if it sent a token of its own
 */
public record RequestContext(
    String requestId,
    @Nullable String globalRequestId,
    @Nullable String userId,
    @Nullable String userName,
    @Nullable String userDomainId,
    @Nullable String userDomainName,
    @Nullable String projectId,
    @Nullable String projectName,
    @Nullable String projectDomainId,
    @Nullable String projectDomainName,
    @Nullable String domainId,
    @Nullable String systemScope,
    Set<String> roles,
    boolean isAdmin,
    boolean isAdvsvc,
    boolean isAdminProject,
    @Nullable String authToken,
    @Nullable ServiceIdentity service) {

  public RequestContext {
    requireNonNull(requestId, "requestId");
    roles = Set.copyOf(roles);
  }

  /** Returns the context of the server's own work: every privilege, no user and no project. */
  public static RequestContext admin(String requestId) {
    return builder(requestId).admin(true).advsvc(true).build();
  }

  /** Starts a context without user, project or privileges. */
  public static Builder builder(String requestId) {
    return new Builder(requestId);
  }

  /**
   * Returns the same caller with administrator's rights and the {@code admin} role, for work done
   * on its behalf.
   */
  public RequestContext elevated() {
    if (isAdmin && hasRole("admin")) {
      return this;
    }
    Builder elevated = toBuilder().admin(true);
    return hasRole("admin") ? elevated.build() : elevated.role("admin").build();
  }

  /** Whether the caller holds the role, without regard to case. */
  public boolean hasRole(String role) {
    for (String held : roles) {
      if (held.equalsIgnoreCase(role)) {
        return true;
      }
    }
    return false;
  }

  /** Returns a builder that starts with everything in this context. */
  public Builder toBuilder() {
    Builder builder = new Builder(requestId);
    builder.globalRequestId = globalRequestId;
    builder.userId = userId;
    builder.userName = userName;
    builder.userDomainId = userDomainId;
    builder.userDomainName = userDomainName;
    builder.projectId = projectId;
    builder.projectName = projectName;
    builder.projectDomainId = projectDomainId;
    builder.projectDomainName = projectDomainName;
    builder.domainId = domainId;
    builder.systemScope = systemScope;
    builder.roles.addAll(roles);
    builder.admin = isAdmin;
    builder.advsvc = isAdvsvc;
    builder.adminProject = isAdminProject;
    builder.authToken = authToken;
    builder.service = service;
    return builder;
  }

  /** Names the caller without its token, so that a context may be logged. */
  @Override
  public String toString() {
    return "RequestContext[%s user=%s project=%s roles=%s admin=%s]"
        .formatted(requestId, userId, projectId, roles, isAdmin);
  }

  /** Collects the parts of a context; not safe to share between threads. */
  public static final class Builder {
    private final String requestId;
    private @Nullable String globalRequestId;
    private @Nullable String userId;
    private @Nullable String userName;
    private @Nullable String userDomainId;
    private @Nullable String userDomainName;
    private @Nullable String projectId;
    private @Nullable String projectName;
    private @Nullable String projectDomainId;
    private @Nullable String projectDomainName;
    private @Nullable String domainId;
    private @Nullable String systemScope;
    private final Set<String> roles = new LinkedHashSet<>();
    private boolean admin;
    private boolean advsvc;
    private boolean adminProject = true;
    private @Nullable String authToken;
    private @Nullable ServiceIdentity service;

    private Builder(String requestId) {
      this.requestId = requestId;
    }

    public Builder globalRequestId(@Nullable String value) {
      globalRequestId = value;
      return this;
    }

    public Builder user(@Nullable String id, @Nullable String name) {
      userId = id;
      userName = name;
      return this;
    }

    public Builder userDomain(@Nullable String id, @Nullable String name) {
      userDomainId = id;
      userDomainName = name;
      return this;
    }

    public Builder project(@Nullable String id, @Nullable String name) {
      projectId = id;
      projectName = name;
      return this;
    }

    public Builder projectDomain(@Nullable String id, @Nullable String name) {
      projectDomainId = id;
      projectDomainName = name;
      return this;
    }

    public Builder domainId(@Nullable String value) {
      domainId = value;
      return this;
    }

    public Builder systemScope(@Nullable String value) {
      systemScope = value;
      return this;
    }

    public Builder role(String name) {
      roles.add(name);
      return this;
    }

    public Builder roles(Iterable<String> names) {
      names.forEach(roles::add);
      return this;
    }

    public Builder admin(boolean value) {
      admin = value;
      return this;
    }

    public Builder advsvc(boolean value) {
      advsvc = value;
      return this;
    }

    public Builder adminProject(boolean value) {
      adminProject = value;
      return this;
    }

    public Builder authToken(@Nullable String value) {
      authToken = value;
      return this;
    }

    public Builder service(@Nullable ServiceIdentity value) {
      service = value;
      return this;
    }

    /** Returns the context collected so far. */
    public RequestContext build() {
      return new RequestContext(
          requestId,
          globalRequestId,
          userId,
          userName,
          userDomainId,
          userDomainName,
          projectId,
          projectName,
          projectDomainId,
          projectDomainName,
          domainId,
          systemScope,
          roles,
          admin,
          advsvc,
          adminProject,
          authToken,
          service);
    }
  }
}
