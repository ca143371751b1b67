package org.midonet.neutron.quota;

import java.util.List;
import org.midonet.neutron.api.Core;
import org.midonet.neutron.api.Feature;
import org.midonet.neutron.api.Routes;
import org.midonet.neutron.config.QuotaConfig;
import org.midonet.neutron.extension.Extension;

/** Quotas as a part of the API; stateless. */
public final class QuotaFeature implements Feature {
  private final QuotaConfig config;

  /** Shows and changes limits beside these defaults. */
  public QuotaFeature(QuotaConfig config) {
    this.config = config;
  }

  @Override
  public List<Extension> extensions() {
    return List.of(
        Extension.of("quotas"), Extension.of("quota_details"), Extension.of("quota-check-limit"));
  }

  @Override
  public void routes(Routes routes, Core core) {
    if (core.catalog().has("quotas")) {
      new QuotaEndpoints(core, config).register(routes);
    }
  }
}
