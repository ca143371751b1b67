/**
 * How many addresses networks have and how many are in use: the resource network-ip-availabilities.
 */
@NullMarked
package org.midonet.neutron.ipavailability;

import org.jspecify.annotations.NullMarked;
