/**
 * Tells Nova what happens to the ports of its servers, by {@code os-server-external-events}: an
 * instance boots only when its ports are said to be plugged. Fed by changes of ports and floating
 * IPs; runs where {@code [nova] auth_url} is set.
 */
@NullMarked
package org.midonet.neutron.nova;

import org.jspecify.annotations.NullMarked;
