/**
 * The task importer: applies what Neutron did, as the table of tasks tells it, to the topology
 * store, each task once and in order (midonet.md part 3). Started by whoever runs a cluster node;
 * the client of the Networking API in the same process works with {@link
 * org.midonet.cluster.importer.TaskTranslation} to know beforehand what a task will do.
 */
@NullMarked
package org.midonet.cluster.importer;

import org.jspecify.annotations.NullMarked;
