@NullMarked
package org.midonet.cluster.importer;

import org.jspecify.annotations.NullMarked;
