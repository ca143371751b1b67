/**
 * How much of each resource a project may have and has: the limits that {@code [quotas]} and
 * administrators set, the count kept with every row that comes or goes, and the endpoints.
 */
@NullMarked
package org.midonet.neutron.quota;

import org.jspecify.annotations.NullMarked;
