package org.midonet.neutron.subnet;

import java.util.List;
import org.midonet.neutron.api.Feature;
import org.midonet.neutron.extension.Extension;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.service.Hook;
import org.midonet.neutron.service.ResourceService;

/**
 * Subnets and the extensions that are about them alone; stateless. Its rule that subnets go with
 * their network must run after the ports' rule that keeps a network in use, so list it after the
 * ports.
 */
public final class SubnetFeature implements Feature {
  private final SubnetSettings settings;

  /** With Neutron's default limits. */
  public SubnetFeature() {
    this(SubnetSettings.DEFAULT);
  }

  /** With the limits of the configuration. */
  public SubnetFeature(SubnetSettings settings) {
    this.settings = settings;
  }

  @Override
  public List<ResourceType> types() {
    return List.of(Subnets.TYPE);
  }

  @Override
  public List<Extension> extensions() {
    return List.of(
        Extension.of("subnet-service-types").adding(Subnets.TYPE, Subnets.SERVICE_TYPES),
        Extension.of("subnet-dns-publish-fixed-ip")
            .adding(Subnets.TYPE, Subnets.DNS_PUBLISH_FIXED_IP),
        Extension.of("default-subnetpools").adding(Subnets.TYPE, Subnets.USE_DEFAULT_SUBNETPOOL));
  }

  @Override
  public List<ResourceService> services() {
    return List.of(new SubnetService(settings));
  }

  @Override
  public List<Hook> hooks() {
    return List.of(new NetworkSubnets());
  }
}
