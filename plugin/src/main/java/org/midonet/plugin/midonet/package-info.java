/**
 * The core plugin {@code midonet_v2}: which extensions MidoNet 5.x networks are served with, the
 * rules MidoNet adds to Neutron's, and the telling of MidoNet. Selected by {@link
 * org.midonet.plugin.PluginRegistry}.
 */
@NullMarked
package org.midonet.plugin.midonet;

import org.jspecify.annotations.NullMarked;
