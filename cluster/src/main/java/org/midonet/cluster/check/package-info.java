/**
 * Whether the topology store has what Neutron's database asks for, and how to make it so. What must
 * be there is the translation of everything onto an empty topology; what differs is named, and can
 * be put right without touching what is right. Used by {@code midonet db check} and {@code midonet
 * db repair}; {@code docs/cluster.md} tells what counts as a difference.
 */
@NullMarked
package org.midonet.cluster.check;

import org.jspecify.annotations.NullMarked;
