package org.midonet.neutron.metering;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.agent.RouterHosts;
import org.midonet.neutron.api.Core;
import org.midonet.neutron.api.Feature;
import org.midonet.neutron.api.Routes;
import org.midonet.neutron.extension.Extension;
import org.midonet.neutron.rpc.Messaging;
import org.midonet.neutron.service.ChangeListener;
import org.midonet.neutron.service.ResourceService;

/** Metering labels and their rules as a part of the API; safe to share between threads. */
public final class MeteringFeature implements Feature {
  private final @Nullable Messaging messaging;
  private final RouterHosts hosts;

  /**
   * Makes the feature.
   *
   * @param messaging the way to metering agents, null where {@code transport_url} is not set
   * @param hosts where routers are served
   */
  public MeteringFeature(@Nullable Messaging messaging, RouterHosts hosts) {
    this.messaging = messaging;
    this.hosts = hosts;
  }

  @Override
  public List<Extension> extensions() {
    return List.of(
        Extension.of("metering").adding(MeteringLabels.TYPE).adding(MeteringLabelRules.TYPE),
        Extension.of("metering_source_and_destination_fields")
            .adding(
                MeteringLabelRules.TYPE,
                MeteringLabelRules.SOURCE_IP_PREFIX,
                MeteringLabelRules.DESTINATION_IP_PREFIX));
  }

  @Override
  public List<ResourceService> services() {
    return List.of(new MeteringLabelService(), new MeteringRuleService());
  }

  @Override
  public List<ChangeListener> listeners() {
    return messaging == null ? List.of() : List.of(new MeteringListener(messaging.client(), hosts));
  }

  /** No paths of its own; but from now on agents that ask are answered. */
  @Override
  public void routes(Routes routes, Core core) {
    if (messaging != null && core.catalog().has(MeteringLabels.TYPE)) {
      MeteringEndpoint endpoint = new MeteringEndpoint(core.sessions(), hosts);
      messaging.serve(MeteringEndpoint.TOPIC, List.of(endpoint.endpoint()));
    }
  }
}
