/**
 * The client of the built-in MidoNet: the table of tasks, with the translation done before the
 * commit, so that what MidoNet would refuse is the request's own error. The program makes {@link
 * org.midonet.plugin.client.builtin.BuiltInClient} where no other MidoNet is configured, and runs
 * the importer on {@link org.midonet.plugin.client.builtin.SqlTaskSource}.
 */
@NullMarked
package org.midonet.plugin.client.builtin;

import org.jspecify.annotations.NullMarked;
