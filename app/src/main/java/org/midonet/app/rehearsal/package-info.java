/**
 * A small cloud without machines, to decide packets in: the launcher's warm-up and the benchmark of
 * decisions send first packets of connections through it.
 */
@NullMarked
package org.midonet.app.rehearsal;

import org.jspecify.annotations.NullMarked;
