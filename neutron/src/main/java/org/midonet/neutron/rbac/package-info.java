/**
 * Who may use what of others: RBAC entries, kept for every type that can be shared, and the
 * rbac-policies resource.
 */
@NullMarked
package org.midonet.neutron.rbac;

import org.jspecify.annotations.NullMarked;
