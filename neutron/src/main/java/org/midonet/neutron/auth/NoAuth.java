package org.midonet.neutron.auth;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Believes what the headers say, for {@code auth_strategy = noauth}; safe to share between threads.
 *
 * <p>X-User-Id, X-Project-Id (or X-Tenant-Id), their names, and X-Roles, a list with commas, are
 * taken as they come. Without roles the caller is an administrator; without a project it works in
 * {@code fake_project_id}, as with Neutron, so that clients that send nothing at all can create
 * resources.
 */
public final class NoAuth implements Authenticator {

  static final String PROJECT = "fake_project_id";

  @Override
  public RequestContext authenticate(AuthRequest request) {
    String project = first(request, "X-Project-Id", "X-Tenant-Id");
    RequestContext.Builder context =
        RequestContext.builder(request.requestId())
            .globalRequestId(request.header("X-Openstack-Request-Id"))
            .user(first(request, "X-User-Id", "X-User"), request.header("X-User-Name"))
            .project(
                project == null ? PROJECT : project,
                first(request, "X-Project-Name", "X-Tenant-Name"))
            .authToken(request.header("X-Auth-Token"));
    String roles = first(request, "X-Roles", "X-Role");
    return roles == null
        ? context.role("admin").admin(true).build()
        : context.roles(split(roles)).build();
  }

  private static @Nullable String first(AuthRequest request, String name, String formerName) {
    String value = request.header(name);
    return value == null ? request.header(formerName) : value;
  }

  private static List<String> split(String roles) {
    return Arrays.stream(roles.split(",", -1))
        .map(String::strip)
        .filter(role -> !role.isEmpty())
        .toList();
  }
}
