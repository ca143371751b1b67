package org.midonet.neutron.rpc;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.auth.RequestContext;

/**
 * The {@code _context_*} keys of a message, which carry the caller's identity; stateless.
 *
 * <p>The token itself is never sent: agents have no use for it and the broker's logs would keep it.
 */
final class ContextFields {
  private static final String PREFIX = "_context_";
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS").withZone(ZoneOffset.UTC);

  private ContextFields() {}

  static Map<String, @Nullable Object> toWire(RequestContext context) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    put(fields, "user", context.userId());
    put(fields, "project_id", context.projectId());
    put(fields, "system_scope", context.systemScope());
    put(fields, "project", context.projectId());
    put(fields, "domain", context.domainId());
    put(fields, "user_domain", context.userDomainId());
    put(fields, "project_domain", context.projectDomainId());
    put(fields, "is_admin", context.isAdmin());
    put(fields, "read_only", false);
    put(fields, "show_deleted", false);
    put(fields, "auth_token", null);
    put(fields, "request_id", context.requestId());
    put(fields, "global_request_id", context.globalRequestId());
    put(fields, "resource_uuid", null);
    put(fields, "roles", List.copyOf(context.roles()));
    put(fields, "user_identity", userIdentity(context));
    put(fields, "is_admin_project", context.isAdminProject());
    put(fields, "user_id", context.userId());
    put(fields, "tenant_id", context.projectId());
    put(fields, "timestamp", TIMESTAMP.format(Instant.now()));
    put(fields, "tenant_name", context.projectName());
    put(fields, "project_name", context.projectName());
    put(fields, "user_name", context.userName());
    return fields;
  }

  static RequestContext fromWire(Map<String, @Nullable Object> message) {
    String requestId = text(message, "request_id");
    RequestContext.Builder context =
        RequestContext.builder(requestId == null ? "-" : requestId)
            .globalRequestId(text(message, "global_request_id"))
            .user(either(message, "user_id", "user"), text(message, "user_name"))
            .userDomain(text(message, "user_domain"), null)
            .project(either(message, "project_id", "tenant_id"), text(message, "project_name"))
            .projectDomain(text(message, "project_domain"), null)
            .domainId(text(message, "domain"))
            .systemScope(text(message, "system_scope"))
            .adminProject(!Boolean.FALSE.equals(message.get(PREFIX + "is_admin_project")))
            .admin(Boolean.TRUE.equals(message.get(PREFIX + "is_admin")));
    if (message.get(PREFIX + "roles") instanceof List<?> roles) {
      roles.forEach(role -> context.role(String.valueOf(role)));
    }
    return context.build();
  }

  private static void put(
      Map<String, @Nullable Object> fields, String name, @Nullable Object value) {
    fields.put(PREFIX + name, value);
  }

  private static @Nullable String text(Map<String, @Nullable Object> message, String name) {
    return message.get(PREFIX + name) instanceof String value ? value : null;
  }

  private static @Nullable String either(
      Map<String, @Nullable Object> message, String first, String second) {
    String value = text(message, first);
    return value == null ? text(message, second) : value;
  }

  private static String userIdentity(RequestContext context) {
    return String.join(
        " ",
        dash(context.userId()),
        dash(context.projectId()),
        dash(context.domainId()),
        dash(context.userDomainId()),
        dash(context.projectDomainId()));
  }

  private static String dash(@Nullable String value) {
    return value == null ? "-" : value;
  }
}
