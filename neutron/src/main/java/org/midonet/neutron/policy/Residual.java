package org.midonet.neutron.policy;

/**
 * What is left of a rule once the caller is known: a question about the target alone. Belongs to
 * one request's thread.
 */
@FunctionalInterface
interface Residual {

  boolean allows(PolicyTarget target);

  /** An answer that does not depend on the target. */
  static Residual of(boolean allows) {
    return allows ? Fixed.ALLOW : Fixed.DENY;
  }

  default boolean alwaysAllows() {
    return false;
  }

  default boolean alwaysRefuses() {
    return false;
  }

  /** Whether the answer is known without a target. */
  default boolean isConstant() {
    return alwaysAllows() || alwaysRefuses();
  }

  /** The answers known without a target. */
  enum Fixed implements Residual {
    ALLOW,
    DENY;

    @Override
    public boolean allows(PolicyTarget target) {
      return this == ALLOW;
    }

    @Override
    public boolean alwaysAllows() {
      return this == ALLOW;
    }

    @Override
    public boolean alwaysRefuses() {
      return this == DENY;
    }
  }
}
