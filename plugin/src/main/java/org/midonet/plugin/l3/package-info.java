/**
 * The service plugin {@code midonet_l3}: routers and floating IPs. Selected by {@link
 * org.midonet.plugin.PluginRegistry}.
 */
@NullMarked
package org.midonet.plugin.l3;

import org.jspecify.annotations.NullMarked;
