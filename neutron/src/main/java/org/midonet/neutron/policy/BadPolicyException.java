package org.midonet.neutron.policy;

/**
 * A policy file that cannot be used; immutable. The message names file, line and reason, for the
 * operator.
 */
public final class BadPolicyException extends RuntimeException {
  BadPolicyException(String message) {
    super(message);
  }
}
