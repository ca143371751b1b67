package org.midonet.neutron.port;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.extension.Extension;
import org.midonet.neutron.resource.Attribute;
import org.midonet.neutron.resource.Converters;
import org.midonet.neutron.resource.DictSpec;
import org.midonet.neutron.resource.ListValidators;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.resource.Validators;
import org.midonet.neutron.resource.ValueType;
import org.midonet.neutron.service.Hook;
import org.midonet.neutron.service.Session;

/** Extension {@code extra_dhcp_opt}: options that the DHCP service hands to the port. Stateless. */
public final class ExtraDhcpOptions implements Hook {
  private static final DictSpec FORM =
      DictSpec.any()
          .optional("id", Validators::uuid)
          .required("opt_name", Validators.notEmptyString(64))
          .optional("ip_version", Converters::toInt, Validators.values(4L, 6L));

  /** These options mean something with an empty value. */
  private static final DictSpec BLANK =
      FORM.required("opt_name", Validators.values("router", "classless-static-route"))
          .required("opt_value", Validators.orNone(Validators.string(255)));

  /** The options: opt_name, opt_value and ip_version (4 or 6) each. */
  public static final Attribute<List<Map<String, Object>>> OPTIONS =
      Attribute.of("extra_dhcp_opts", ValueType.OBJECTS)
          .onCreate(null)
          .onUpdate()
          .validate(
              ListValidators.anySpecOrNone(
                  List.of(
                      FORM.required("opt_value", Validators.orNone(Validators.notEmptyString(255))),
                      BLANK)))
          .build();

  static final Extension EXTENSION = Extension.of("extra_dhcp_opt").adding(Ports.TYPE, OPTIONS);

  /** Options that mean something with an empty value. */
  private static final Set<String> MAY_BE_EMPTY = Set.of("router", "classless-static-route");

  @Override
  public Set<ResourceType> types() {
    return Set.of(Ports.TYPE);
  }

  @Override
  public Resource creating(Session session, Resource input) {
    return input.with(OPTIONS, merged(List.of(), input.get(OPTIONS, List.of())));
  }

  @Override
  public Resource updating(Session session, Resource current, Resource changes) {
    List<Map<String, Object>> given = changes.find(OPTIONS);
    return given == null
        ? changes.has(OPTIONS) ? changes.with(OPTIONS, Resource.UNSET) : changes
        : changes.with(OPTIONS, merged(current.get(OPTIONS, List.of()), given));
  }

  /** A given option replaces the one of its name and IP version; a null value removes it. */
  private static List<Map<String, Object>> merged(
      List<Map<String, Object>> present, List<Map<String, Object>> given) {
    List<Map<String, Object>> merged = new ArrayList<>(present);
    for (Map<String, Object> option : given) {
      Object version = version(option);
      int at = -1;
      for (int i = 0; i < merged.size(); i++) {
        if (Objects.equals(merged.get(i).get("opt_name"), option.get("opt_name"))
            && version.equals(version(merged.get(i)))) {
          at = i;
        }
      }
      @Nullable Object value = option.get("opt_value");
      if (value == null && at >= 0) {
        merged.remove(at);
      } else if (value != null
          && (!value.equals("") || MAY_BE_EMPTY.contains(option.get("opt_name")))) {
        Map<String, Object> full = new LinkedHashMap<>();
        full.put("opt_name", option.get("opt_name"));
        full.put("opt_value", value);
        full.put("ip_version", version);
        if (at >= 0) {
          merged.set(at, full);
        } else {
          merged.add(full);
        }
      }
    }
    return merged;
  }

  /** Requests may give the version as text. */
  private static Object version(Map<String, Object> option) {
    Object version = option.getOrDefault("ip_version", 4L);
    return version instanceof String text ? Long.valueOf(text) : version;
  }
}
