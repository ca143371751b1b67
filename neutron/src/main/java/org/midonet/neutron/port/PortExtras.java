package org.midonet.neutron.port;

import java.util.List;
import org.midonet.neutron.extension.Extension;
import org.midonet.neutron.resource.Attribute;
import org.midonet.neutron.resource.Converters;
import org.midonet.neutron.resource.Validators;

/** Port extensions that are one attribute without rules of its own; stateless. */
public final class PortExtras {
  /** How the addresses came about: immediate, deferred or none. */
  public static final Attribute<String> IP_ALLOCATION =
      Attribute.string("ip_allocation").filterable().build();

  /** What the forwarding plane reports: ACTIVE, DOWN or null. */
  public static final Attribute<String> DATA_PLANE_STATUS =
      Attribute.string("data_plane_status")
          .onUpdate()
          .validate(Validators.values(null, "ACTIVE", "DOWN"))
          .enforcePolicy()
          .filterable()
          .build();

  /** Whether the host's uplink state shows in the port's link state. */
  public static final Attribute<Boolean> PROPAGATE_UPLINK_STATUS =
      Attribute.bool("propagate_uplink_status")
          .onCreate(true)
          .convert(Converters::toBoolean)
          .filterable()
          .build();

  /** The accelerator profile (Cyborg) of the port. */
  public static final Attribute<String> DEVICE_PROFILE =
      Attribute.string("device_profile")
          .onCreate(null)
          .validate(Validators.orNone(Validators.string(255)))
          .enforcePolicy()
          .filterable()
          .build();

  /** How strictly the machine must be near the port's NUMA node. */
  public static final Attribute<String> NUMA_AFFINITY_POLICY =
      Attribute.string("numa_affinity_policy")
          .onCreate(null)
          .onUpdate()
          .validate(Validators.values(null, "required", "preferred", "legacy"))
          .enforcePolicy()
          .filterable()
          .build();

  static final List<Extension> EXTENSIONS =
      List.of(
          Extension.of("ip_allocation").adding(Ports.TYPE, IP_ALLOCATION),
          Extension.of("data-plane-status").adding(Ports.TYPE, DATA_PLANE_STATUS),
          Extension.of("uplink-status-propagation").adding(Ports.TYPE, PROPAGATE_UPLINK_STATUS),
          Extension.of("port-device-profile").adding(Ports.TYPE, DEVICE_PROFILE),
          Extension.of("port-numa-affinity-policy").adding(Ports.TYPE, NUMA_AFFINITY_POLICY),
          Extension.of("port-mac-address-regenerate"),
          Extension.of("port-mac-override"),
          Extension.of("ip-substring-filtering"));

  private PortExtras() {}
}
