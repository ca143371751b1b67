/** The extensions of the Networking API and the catalog of those that are loaded. */
@NullMarked
package org.midonet.neutron.extension;

import org.jspecify.annotations.NullMarked;
