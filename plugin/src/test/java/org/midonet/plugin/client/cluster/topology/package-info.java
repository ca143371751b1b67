@NullMarked
package org.midonet.plugin.client.cluster.topology;

import org.jspecify.annotations.NullMarked;
