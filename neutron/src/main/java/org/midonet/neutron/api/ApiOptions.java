package org.midonet.neutron.api;

/**
 * What an operator may choose about the API; immutable.
 *
 * @param maxLimit most items on a page ([DEFAULT] pagination_max_limit), 0 for any number
 * @param bulk whether one POST may create several resources ([DEFAULT] allow_bulk)
 * @param filterValidation whether an unknown filter is refused instead of ignored ([DEFAULT]
 *     filter_validation)
 */
public record ApiOptions(int maxLimit, boolean bulk, boolean filterValidation) {
  /** What holds where nothing is said. */
  public static final ApiOptions DEFAULT = new ApiOptions(0, true, true);
}
