/**
 * How the plugins tell MidoNet what changed: one interface, several ways behind it, chosen by
 * {@code [MIDONET] client}. The plugins build a {@link org.midonet.plugin.client.MidonetCall} for
 * every change and hand it over; nothing else in the program calls a MidoNet.
 */
@NullMarked
package org.midonet.plugin.client;

import org.jspecify.annotations.NullMarked;
