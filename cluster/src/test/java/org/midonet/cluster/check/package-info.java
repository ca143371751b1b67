@NullMarked
package org.midonet.cluster.check;

import org.jspecify.annotations.NullMarked;
