/**
 * Ports: the resource, its extensions, binding to hosts, and what networks must know about them.
 */
@NullMarked
package org.midonet.neutron.port;

import org.jspecify.annotations.NullMarked;
