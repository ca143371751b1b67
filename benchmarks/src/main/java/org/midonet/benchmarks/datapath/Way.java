package org.midonet.benchmarks.datapath;

/**
 * A way from a client to a server that is measured. Immutable, safe to share.
 *
 * @param name in the table
 * @param peer the name of the way that it is compared with; its own name for those
 */
record Way(String name, Endpoint client, Endpoint server, String peer) {}
