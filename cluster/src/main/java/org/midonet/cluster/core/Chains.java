package org.midonet.cluster.core;

import org.midonet.topology.Chain;
import org.midonet.topology.ChainBuilder;
import org.midonet.topology.ObjectType;

/** Chains as the API shows them; stateless. */
final class Chains {
  static final Resource<Chain, ChainBuilder> RESOURCE =
      Resource.of(
          ObjectType.CHAIN,
          "/chains",
          "Chain",
          1,
          new Shape<Chain, ChainBuilder>()
              .shown("id", (chain, view) -> chain.id().toString())
              .field("tenantId", Kind.TEXT, Chain::tenantId, ChainBuilder::tenantId)
              .field("name", Kind.TEXT, Chain::name, ChainBuilder::name)
              .link("rules", chain -> "/chains/" + chain.id() + "/rules"),
          new Resource.Builders<>(
              ChainBuilder::builder, ChainBuilder::builder, ChainBuilder::id, ChainBuilder::build));

  private Chains() {}
}
