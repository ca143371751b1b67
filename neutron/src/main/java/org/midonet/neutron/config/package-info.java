/**
 * What {@code neutron.conf} says, read as oslo.config reads it and handed out as one typed record
 * per section.
 *
 * <p>Options are data ({@link org.midonet.neutron.config.Option}): the reader, the checks, the
 * warnings and the commented sample are all made from the same declarations. The {@code midonet}
 * command calls {@link org.midonet.neutron.config.NeutronConfig#load}; every other package receives
 * the record it needs.
 */
@NullMarked
package org.midonet.neutron.config;

import org.jspecify.annotations.NullMarked;
