/**
 * What Neutron tells MidoNet: the models of midonet.md appendix B, and their JSON in the two
 * dialects of the REST API and the task table. Called by the {@code /neutron} endpoints and the
 * task importer; translation works with the models.
 */
@NullMarked
package org.midonet.cluster.neutron;

import org.jspecify.annotations.NullMarked;
