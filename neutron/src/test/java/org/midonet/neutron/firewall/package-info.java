/** Tests of the firewall service's API. */
@NullMarked
package org.midonet.neutron.firewall;

import org.jspecify.annotations.NullMarked;
