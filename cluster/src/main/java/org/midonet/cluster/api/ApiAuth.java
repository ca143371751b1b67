package org.midonet.cluster.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.http.Request;

/** Tells who may use the API; implementations are safe to share between threads. */
public interface ApiAuth {
  /**
   * What a login gives.
   *
   * @param key to be sent as X-Auth-Token
   * @param expires null for never
   */
  record Token(String key, @Nullable Instant expires) {}

  /** A tenant (Keystone's project), as the API shows it. */
  record Tenant(String id, String name, String description, boolean enabled) {}

  /**
   * Logs in by name and password.
   *
   * @param project the tenant to work in, null to leave that open
   * @throws ApiException 401 when the two do not match, 503 when nobody can tell
   */
  Token login(String user, String password, @Nullable String project);

  /**
   * Lets a request pass.
   *
   * @throws ApiException 401 unless its X-Auth-Token is that of an administrator
   */
  void admit(Request request);

  /** All tenants. */
  List<Tenant> tenants();
}
