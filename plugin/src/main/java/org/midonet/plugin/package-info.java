/**
 * The MidoNet plugins of the Networking API and the clients by which they tell a MidoNet. The
 * program asks {@link org.midonet.plugin.PluginRegistry} for the plugins that the configuration
 * names.
 */
@NullMarked
package org.midonet.plugin;

import org.jspecify.annotations.NullMarked;
