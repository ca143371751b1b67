/**
 * MidoNet's virtual topology as immutable records, the references that bind them, and the ids that
 * translation derives. The store ({@code org.midonet.nsdb}) keeps these objects; the cluster's
 * translation makes them and the agent's simulation reads them. No I/O.
 */
@NullMarked
package org.midonet.topology;

import org.jspecify.annotations.NullMarked;
