/**
 * TLS as the configuration of OpenStack services describes it: PEM files of authorities, a
 * certificate and a key. Called by whatever connects to another service.
 */
@NullMarked
package org.midonet.neutron.tls;

import org.jspecify.annotations.NullMarked;
