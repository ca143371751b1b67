/**
 * What would become of a packet: {@code midonet trace}. The agent answers it over its socket with
 * the same simulation that decides about real packets.
 */
@NullMarked
package org.midonet.agent.trace;

import org.jspecify.annotations.NullMarked;
