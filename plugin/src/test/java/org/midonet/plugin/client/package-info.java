@NullMarked
package org.midonet.plugin.client;

import org.jspecify.annotations.NullMarked;
