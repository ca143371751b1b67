/**
 * The metadata service of virtual machines: what asks 169.254.169.254 is relayed to Nova, with
 * headers that say which machine asks, signed with a secret that Nova shares (spec/midonet.md 1.7).
 * Each machine is known here by an address of its own, which the datapath gives it on the way. The
 * agent starts {@link org.midonet.agent.metadata.MetadataProxy}.
 */
@NullMarked
package org.midonet.agent.metadata;

import org.jspecify.annotations.NullMarked;
