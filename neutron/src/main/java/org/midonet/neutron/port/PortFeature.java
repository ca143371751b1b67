package org.midonet.neutron.port;

import java.util.ArrayList;
import java.util.List;
import org.midonet.neutron.api.Core;
import org.midonet.neutron.api.Feature;
import org.midonet.neutron.api.Routes;
import org.midonet.neutron.extension.Extension;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.service.Hook;
import org.midonet.neutron.service.ResourceService;

/** Ports and the extensions that are about them alone; stateless. */
public final class PortFeature implements Feature {
  private final PortSettings settings;
  private final PortBindings bindings;

  /**
   * Ports as configured.
   *
   * @param binder the core plugin's word on how ports are plugged
   */
  public PortFeature(PortSettings settings, PortBinder binder) {
    this.settings = settings;
    this.bindings = new PortBindings(binder);
  }

  @Override
  public List<ResourceType> types() {
    return List.of(Ports.TYPE);
  }

  @Override
  public List<Extension> extensions() {
    List<Extension> extensions = new ArrayList<>();
    extensions.add(PortSecurity.EXTENSION);
    extensions.add(AllowedAddressPairs.EXTENSION);
    extensions.add(ExtraDhcpOptions.EXTENSION);
    extensions.add(PortBindings.EXTENSION);
    extensions.add(Extension.of("binding-extended"));
    extensions.addAll(PortDns.EXTENSIONS);
    extensions.addAll(PortExtras.EXTENSIONS);
    return extensions;
  }

  @Override
  public List<ResourceService> services() {
    return List.of(new PortService(settings.maxFixedIps()));
  }

  @Override
  public List<Hook> hooks() {
    return List.of(
        new PortsOfNetworks(),
        new MacAddresses(settings.baseMac(), settings.macAttempts()),
        new PortSecurity(),
        new AllowedAddressPairs(settings.maxAllowedAddressPairs()),
        new ExtraDhcpOptions(),
        bindings,
        new PortDns(settings.dnsDomain()));
  }

  @Override
  public void routes(Routes routes, Core core) {
    if (core.catalog().has("binding-extended")) {
      new BindingEndpoints(core, bindings).register(routes);
    }
  }
}
