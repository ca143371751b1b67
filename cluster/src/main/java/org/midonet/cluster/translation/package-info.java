/**
 * What Neutron's objects become in MidoNet's virtual topology: a pure function from the present
 * topology and an operation to the changes that it means (midonet.md part 4, appendix C). Called by
 * the {@code /neutron} endpoints and the task importer; it writes nothing itself. {@code
 * docs/translation.md} tells what becomes of what.
 */
@NullMarked
package org.midonet.cluster.translation;

import org.jspecify.annotations.NullMarked;
