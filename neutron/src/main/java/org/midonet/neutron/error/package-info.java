/**
 * Errors as the Networking API tells them. Thrown by every package of this module, rendered by
 * {@code api}.
 */
@NullMarked
package org.midonet.neutron.error;

import org.jspecify.annotations.NullMarked;
