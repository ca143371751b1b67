package org.midonet.neutron.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.auth.RequestContext;
import org.midonet.neutron.auth.ServiceIdentity;

/**
 * The caller as rules see it, by the names that oslo.context and Neutron give its parts; immutable
 * and safe to share.
 */
record Credentials(RequestContext context) implements PolicyTarget {

  /**
   * Returns what the caller has under a dotted path, in Python's spelling; more than one for roles,
   * none for unknown names.
   */
  List<String> texts(String path) {
    Object value = get(path);
    if (value == ABSENT) {
      return List.of();
    }
    if (value instanceof Set<?> items) {
      List<String> texts = new ArrayList<>();
      items.forEach(item -> texts.add(PythonText.of(item)));
      return List.copyOf(texts);
    }
    return List.of(PythonText.of(value));
  }

  @Override
  public @Nullable Object get(String name) {
    return switch (name) {
      case "user_id", "user" -> context.userId();
      case "user_name" -> context.userName();
      case "user_domain_id", "user_domain" -> context.userDomainId();
      case "project_id", "tenant_id", "tenant" -> context.projectId();
      case "project_name", "tenant_name" -> context.projectName();
      case "project_domain_id", "project_domain" -> context.projectDomainId();
      case "domain_id", "domain" -> context.domainId();
      case "system_scope" -> context.systemScope();
      case "system" -> context.systemScope() == null ? ABSENT : context.systemScope();
      case "roles" -> context.roles();
      case "is_admin" -> context.isAdmin();
      case "is_admin_project" -> context.isAdminProject();
      default -> service(name);
    };
  }

  private @Nullable Object service(String name) {
    ServiceIdentity service = context.service();
    return switch (name) {
      case "service_user_id" -> service == null ? null : service.userId();
      case "service_user_domain_id" -> service == null ? null : service.userDomainId();
      case "service_project_id" -> service == null ? null : service.projectId();
      case "service_project_domain_id" -> service == null ? null : service.projectDomainId();
      case "service_roles" -> service == null ? Set.of() : service.roles();
      default -> ABSENT;
    };
  }
}
