package org.midonet.neutron.subnetpool;

import org.midonet.neutron.resource.Validator;
import org.midonet.neutron.resource.Validators;

/** Checks of values that subnet pools have; stateless. */
final class SubnetPoolValidators {
  private SubnetPoolValidators() {}

  /** Text that is more than space. */
  static Validator notEmptyString() {
    return raw -> {
      String problem = Validators.string(255).validate(raw);
      if (problem != null) {
        return problem;
      }
      return raw instanceof String text && text.isBlank()
          ? "'" + text + "' Blank strings are not permitted"
          : null;
    };
  }

  /** A UUID or null. */
  static Validator uuidOrNone() {
    return raw -> raw == null ? null : Validators.uuid(raw);
  }
}
