/**
 * What a plugin of this server is. Implemented by the MidoNet plugins, started by {@code server}.
 */
@NullMarked
package org.midonet.neutron.plugin;

import org.jspecify.annotations.NullMarked;
