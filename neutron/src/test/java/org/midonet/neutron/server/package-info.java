/** Runs the whole API in this process, for the tests of all packages. */
@NullMarked
package org.midonet.neutron.server;

import org.jspecify.annotations.NullMarked;
