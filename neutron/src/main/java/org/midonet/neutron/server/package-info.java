/**
 * Starts and stops the Networking API server from a configuration. Called by the {@code midonet}
 * command.
 */
@NullMarked
package org.midonet.neutron.server;

import org.jspecify.annotations.NullMarked;
