/**
 * The REST client for MidoNet v2015.03 and later: login, discovery by links, one HTTP request per
 * change after the commit (spec appendix A). {@link org.midonet.plugin.client.api.MidonetApiClient}
 * is made when the server starts and used by the MidoNet plugins.
 */
@NullMarked
package org.midonet.plugin.client.api;

import org.jspecify.annotations.NullMarked;
