@NullMarked
package org.midonet.plugin.client.api;

import org.jspecify.annotations.NullMarked;
