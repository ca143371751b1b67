package org.midonet.neutron.loadbalancer;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.config.ServiceProviders;

/** The providers of load balancing in {@code [service_providers]}. Immutable, safe to share. */
final class Providers {
  static final String SERVICE = "LOADBALANCER";

  private final List<ServiceProviders.Provider> providers;

  Providers(ServiceProviders configured) {
    providers =
        configured.providers().stream()
            .filter(provider -> provider.serviceType().equals(SERVICE))
            .toList();
  }

  /**
   * The provider of a new pool.
   *
   * @param wanted as the request names it, in any case; null for the default one
   */
  String choose(@Nullable String wanted) {
    if (wanted == null) {
      return providers.stream()
          .filter(ServiceProviders.Provider::isDefault)
          .map(ServiceProviders.Provider::name)
          .findFirst()
          .orElseThrow(BalancingErrors::noDefaultProvider);
    }
    String name = wanted.toLowerCase(Locale.ROOT);
    if (providers.stream().noneMatch(provider -> provider.name().equals(name))) {
      throw BalancingErrors.noProvider(name);
    }
    return name;
  }
}
