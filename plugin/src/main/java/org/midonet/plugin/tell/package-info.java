/**
 * Turns changes of the Networking API into calls to MidoNet and hands them to the client, inside
 * the transaction and after it. Each MidoNet plugin brings one {@link
 * org.midonet.plugin.tell.MidonetListener} for its resources.
 */
@NullMarked
package org.midonet.plugin.tell;

import org.jspecify.annotations.NullMarked;
