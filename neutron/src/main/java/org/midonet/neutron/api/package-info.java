/** The Networking API: paths, bodies, queries, views and faults. Called by {@code server} only. */
@NullMarked
package org.midonet.neutron.api;

import org.jspecify.annotations.NullMarked;
