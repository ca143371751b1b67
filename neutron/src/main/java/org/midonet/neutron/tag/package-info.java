/**
 * Tags of resources: the attribute, the filters and the endpoints below each resource. The list of
 * a resource's tags stands in its own row, so that reading costs nothing more; a table of its own
 * serves the filters.
 */
@NullMarked
package org.midonet.neutron.tag;

import org.jspecify.annotations.NullMarked;
