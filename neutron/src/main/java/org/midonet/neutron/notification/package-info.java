/**
 * Notifications of what requests change, as other OpenStack services and billing read them from the
 * message bus: {@code network.create.start}, {@code network.create.end} and so on. Put around the
 * API by {@code server} where {@code [oslo_messaging_notifications] driver} asks for it.
 */
@NullMarked
package org.midonet.neutron.notification;

import org.jspecify.annotations.NullMarked;
