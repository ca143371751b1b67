/** Service providers: which drivers stand behind the advanced services. */
@NullMarked
package org.midonet.neutron.servicetype;

import org.jspecify.annotations.NullMarked;
