/**
 * Subnet pools: prefixes from which subnets are taken, and the bounds, quotas and scopes they keep.
 */
@NullMarked
package org.midonet.neutron.subnetpool;

import org.jspecify.annotations.NullMarked;
