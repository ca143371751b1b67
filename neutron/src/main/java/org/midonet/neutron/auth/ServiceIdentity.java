package org.midonet.neutron.auth;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The service that passes on a user's request, known from its X-Service-Token; immutable and safe
 * to share between threads.
 */
public record ServiceIdentity(
    @Nullable String userId,
    @Nullable String userDomainId,
    @Nullable String projectId,
    @Nullable String projectDomainId,
    Set<String> roles) {

  public ServiceIdentity {
    roles = Set.copyOf(roles);
  }
}
