@NullMarked
package org.midonet.plugin.tell;

import org.jspecify.annotations.NullMarked;
