package org.midonet.neutron.metering;

import java.util.Set;
import org.midonet.neutron.plugin.Plugin;

/**
 * The service plugin {@code metering}: says that {@link MeteringFeature} is to be served.
 * Stateless, safe to share between threads.
 */
public final class MeteringPlugin implements Plugin {
  @Override
  public String name() {
    return "metering";
  }

  @Override
  public Set<String> aliases() {
    return Set.of("metering", "metering_source_and_destination_fields");
  }
}
