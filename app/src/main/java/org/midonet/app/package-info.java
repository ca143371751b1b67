/**
 * The {@code midonet} command: reads the command line and the configuration, opens the database,
 * starts the server and stops it again. Started by the launcher script {@code midonet}.
 */
@NullMarked
package org.midonet.app;

import org.jspecify.annotations.NullMarked;
