/**
 * Requests, responses and handlers; the web server stands behind one class. Used by {@code api} and
 * {@code server}.
 */
@NullMarked
package org.midonet.neutron.http;

import org.jspecify.annotations.NullMarked;
