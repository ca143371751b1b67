/** Floating IPs: addresses on external networks that lead to ports behind routers. */
@NullMarked
package org.midonet.neutron.floatingip;

import org.jspecify.annotations.NullMarked;
