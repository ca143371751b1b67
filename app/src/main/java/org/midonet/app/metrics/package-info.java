/**
 * What the program tells Prometheus of itself. Commands that serve make a {@link
 * org.midonet.app.metrics.Metrics}, and hand it the parts that they run.
 */
@NullMarked
package org.midonet.app.metrics;

import org.jspecify.annotations.NullMarked;
