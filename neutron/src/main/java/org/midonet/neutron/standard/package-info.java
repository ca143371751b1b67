/** Extensions that tell clients what the API as a whole can do; the behaviour is the core's. */
@NullMarked
package org.midonet.neutron.standard;

import org.jspecify.annotations.NullMarked;
