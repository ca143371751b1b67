package org.midonet.cluster.api;

/**
 * One value that breaks a rule; immutable.
 *
 * @param property the JSON field, empty when the rule is about several
 * @param message what it must be, worded as MidoNet does
 */
public record Violation(String property, String message) {}
