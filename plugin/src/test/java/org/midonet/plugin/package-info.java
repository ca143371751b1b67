@NullMarked
package org.midonet.plugin;

import org.jspecify.annotations.NullMarked;
