/**
 * The SQL store: where a database is, its connections, transactions, errors and migrations.
 *
 * <p>Everything above it (the mapping of resource definitions to tables, the domain packages, the
 * task table) runs inside {@link org.midonet.neutron.store.Database#write} or {@link
 * org.midonet.neutron.store.Database#read} and sees one behaviour on SQLite, PostgreSQL and
 * MariaDB. How commits become durable is told in docs/store.md.
 */
@NullMarked
package org.midonet.neutron.store;

import org.jspecify.annotations.NullMarked;
