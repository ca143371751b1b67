package org.midonet.neutron.port;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.midonet.neutron.error.NeutronException;
import org.midonet.neutron.extension.Extension;
import org.midonet.neutron.resource.Attribute;
import org.midonet.neutron.resource.DictSpec;
import org.midonet.neutron.resource.Json;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.resource.Validators;
import org.midonet.neutron.resource.ValueType;
import org.midonet.neutron.service.Hook;
import org.midonet.neutron.service.Session;

/** Extension {@code binding}: on which host a port is, and how it is plugged there. Stateless. */
public final class PortBindings implements Hook {
  /** Kinds of virtual interface that a port may ask for. */
  static final List<Object> VNIC_TYPES =
      List.of(
          "normal",
          "direct",
          "macvtap",
          "baremetal",
          "direct-physical",
          "virtio-forwarder",
          "smart-nic",
          "vdpa",
          "accelerator-direct",
          "accelerator-direct-physical",
          "remote-managed");

  /** The longest profile, in characters of JSON. */
  private static final int MAX_PROFILE = 4095;

  /** The kind of virtual interface. */
  public static final Attribute<String> VNIC_TYPE =
      Attribute.string("binding:vnic_type")
          .onCreate("normal")
          .onUpdate()
          .validate(Validators.values(VNIC_TYPES.toArray()))
          .enforcePolicy()
          .build();

  /** What the host's driver needs to know; free form. */
  public static final Attribute<Map<String, Object>> PROFILE =
      Attribute.of("binding:profile", ValueType.OBJECT)
          .onCreate(Resource.UNSET)
          .onUpdate()
          .validate(Validators.orNone(DictSpec.any()))
          .enforcePolicy()
          .build();

  /** The host, empty for none. */
  public static final Attribute<String> HOST_ID =
      Attribute.string("binding:host_id")
          .onCreate(Resource.UNSET)
          .onUpdate()
          .validate(Validators.orNone(Validators.string(255)))
          .enforcePolicy()
          .filterable()
          .build();

  /** How it is plugged, {@code unbound} without a host. */
  public static final Attribute<String> VIF_TYPE =
      Attribute.string("binding:vif_type").enforcePolicy().build();

  /** What Nova must know of the plugging. */
  public static final Attribute<Map<String, Object>> VIF_DETAILS =
      Attribute.of("binding:vif_details", ValueType.OBJECT).enforcePolicy().build();

  static final Extension EXTENSION =
      Extension.of("binding")
          .adding(Ports.TYPE, VNIC_TYPE, PROFILE, HOST_ID, VIF_TYPE, VIF_DETAILS);

  private final PortBinder binder;

  PortBindings(PortBinder binder) {
    this.binder = binder;
  }

  @Override
  public Set<ResourceType> types() {
    return Set.of(Ports.TYPE);
  }

  @Override
  public Resource creating(Session session, Resource input) {
    Resource settled =
        input.toBuilder().set(HOST_ID, input.get(HOST_ID, "")).set(PROFILE, profile(input)).build();
    return plugged(settled, settled.toBuilder());
  }

  @Override
  public Resource updating(Session session, Resource current, Resource changes) {
    Resource.Builder settled = changes.toBuilder();
    if (changes.has(HOST_ID)) {
      settled.set(HOST_ID, changes.get(HOST_ID, ""));
    }
    if (changes.has(PROFILE)) {
      settled.set(PROFILE, profile(changes));
    }
    if (!changes.has(HOST_ID) && !changes.has(VNIC_TYPE) && !changes.has(PROFILE)) {
      return changes;
    }
    return plugged(current.merge(settled.build()), settled);
  }

  private Resource plugged(Resource port, Resource.Builder into) {
    PortBinder.Vif vif = vif(port, port.get(HOST_ID, ""), port.get(VNIC_TYPE, "normal"));
    return into.set(VIF_TYPE, vif.type()).set(VIF_DETAILS, vif.details()).build();
  }

  PortBinder.Vif vif(Resource port, String host, String vnicType) {
    return host.isEmpty() ? PortBinder.UNBOUND : binder.bind(port, host, vnicType);
  }

  private static Map<String, Object> profile(Resource values) {
    return limited(values.get(PROFILE, Map.of()));
  }

  static Map<String, Object> limited(Map<String, Object> profile) {
    if (Json.write(profile).length() > MAX_PROFILE) {
      throw NeutronException.invalidInput("binding:profile value too large");
    }
    return profile;
  }
}
