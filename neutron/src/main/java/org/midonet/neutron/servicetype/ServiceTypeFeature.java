package org.midonet.neutron.servicetype;

import java.util.List;
import org.midonet.neutron.api.Feature;
import org.midonet.neutron.config.ServiceProviders;
import org.midonet.neutron.extension.Extension;
import org.midonet.neutron.service.ResourceService;

/** The service providers of the configuration as a part of the API; stateless. */
public final class ServiceTypeFeature implements Feature {
  private final ServiceProviders providers;

  /** Shows these providers. */
  public ServiceTypeFeature(ServiceProviders providers) {
    this.providers = providers;
  }

  @Override
  public List<Extension> extensions() {
    return List.of(Extension.of("service-type").adding(ServiceProviderService.TYPE));
  }

  @Override
  public List<ResourceService> services() {
    return List.of(new ServiceProviderService(providers));
  }
}
