/** Addresses and packet formats as pure values; no I/O. Used by every other module. */
@NullMarked
package org.midonet.packets;

import org.jspecify.annotations.NullMarked;
