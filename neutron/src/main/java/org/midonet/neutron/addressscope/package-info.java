/**
 * Address scopes: where prefixes of subnet pools are unique. Read by {@code subnetpool} and by
 * routers.
 */
@NullMarked
package org.midonet.neutron.addressscope;

import org.jspecify.annotations.NullMarked;
