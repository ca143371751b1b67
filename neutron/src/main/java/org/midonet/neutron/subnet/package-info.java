/**
 * Subnets: the resource, its validation and its rules. Read by {@code ipam} and by everything that
 * knows of addresses.
 */
@NullMarked
package org.midonet.neutron.subnet;

import org.jspecify.annotations.NullMarked;
