package org.midonet.neutron.metering;

import java.util.List;
import java.util.Map;
import org.midonet.neutron.resource.Attribute;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.resource.Standard;
import org.midonet.neutron.resource.Validators;
import org.midonet.neutron.resource.ValueType;

/** The metering label (API reference, "Metering labels and rules"); stateless. */
public final class MeteringLabels {
  private static final int DESCRIPTION_LENGTH = 1024;

  /** The name, not unique, empty by default; it never changes. */
  public static final Attribute<String> NAME =
      Attribute.string("name").onCreate("").validate(Validators.string(255)).queryable().build();

  /** Free text. */
  public static final Attribute<String> DESCRIPTION =
      Attribute.string("description")
          .onCreate("")
          .validate(Validators.string(DESCRIPTION_LENGTH))
          .queryable()
          .build();

  /** Whether it counts on the routers of all projects instead of its own project's. */
  public static final Attribute<Boolean> SHARED =
      Attribute.bool("shared").onCreate(false).queryable().build();

  /** What is counted, as agents are told; requests neither give it nor see it. */
  static final Attribute<List<Map<String, Object>>> RULES =
      Attribute.derived("rules", ValueType.OBJECTS).hidden().build();

  /** The label. */
  public static final ResourceType TYPE =
      new ResourceType(
          "metering_label",
          "metering_labels",
          "metering/metering-labels",
          "metering_labels",
          "Metering label",
          "MeteringLabelNotFound",
          List.of(
              Standard.ID,
              NAME,
              DESCRIPTION,
              SHARED,
              RULES,
              Standard.PROJECT_ID,
              Standard.TENANT_ID));

  private MeteringLabels() {}
}
