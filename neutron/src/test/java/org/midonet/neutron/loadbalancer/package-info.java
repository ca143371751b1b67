/** Tests of the loadbalancer service's API. */
@NullMarked
package org.midonet.neutron.loadbalancer;

import org.jspecify.annotations.NullMarked;
