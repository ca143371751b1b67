/**
 * The client that tells MidoNet through tables of the Networking API's own database, and these
 * tables: tasks, the state of their import, versions of the data (spec section 3.6). {@link
 * org.midonet.plugin.client.cluster.MidonetClusterClient} is used by the MidoNet plugins, the
 * tables by {@code midonet-db-manage} and by importers.
 */
@NullMarked
package org.midonet.plugin.client.cluster;

import org.jspecify.annotations.NullMarked;
