/**
 * The core resources of MidoNet's REST API: each is a table of JSON fields beside the stored
 * record, with the rules that go beyond the store's own. Called by whoever puts an API server
 * together.
 */
@NullMarked
package org.midonet.cluster.core;

import org.jspecify.annotations.NullMarked;
