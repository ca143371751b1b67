/**
 * Bad input for the Networking API: seeded requests, most of them wrong in some way, and the test
 * that no answer to them is a fault of the server.
 */
@NullMarked
package org.midonet.neutron.fuzz;

import org.jspecify.annotations.NullMarked;
