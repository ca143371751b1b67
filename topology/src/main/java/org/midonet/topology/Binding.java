package org.midonet.topology;

/**
 * Two references that mirror each other: when one object names another, the other names it back.
 * Immutable, safe to share.
 *
 * @param onLeftDelete what becomes of the objects that a deleted left object names
 * @param onRightDelete what becomes of the objects that a deleted right object names
 */
public record Binding(
    Reference<?> left, OnDelete onLeftDelete, Reference<?> right, OnDelete onRightDelete) {

  public Binding {
    if (!left.isKept() && !right.isKept()) {
      throw new IllegalArgumentException(left + " and " + right + " cannot both be derived");
    }
  }
}
