package org.midonet.cluster.translation;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.cluster.neutron.NeutronRouter;
import org.midonet.topology.Chain;
import org.midonet.topology.ChainBuilder;
import org.midonet.topology.Ids;
import org.midonet.topology.ObjectType;
import org.midonet.topology.PortGroup;
import org.midonet.topology.PortGroupBuilder;
import org.midonet.topology.Router;
import org.midonet.topology.RouterBuilder;
import org.midonet.topology.RuleAction;

/**
 * A router becomes a router of the same id, the chains that translate addresses, and two groups for
 * its ports. Stateless. midonet.md 4.5.
 */
final class Routers {
  private static final int NO_BGP = -1;

  private Routers() {}

  static void create(Draft draft, NeutronRouter router) {
    UUID id = router.id();
    UUID in = Ids.IN_CHAIN.of(id);
    UUID out = Ids.OUT_CHAIN.of(id);
    UUID forward = Ids.FWD_CHAIN.of(id);
    draft.create(chain(in, "OS_PRE_ROUTING_" + id));
    draft.create(chain(out, "OS_POST_ROUTING_" + id));
    draft.create(chain(forward, "OS_FORWARD_" + id));
    draft.create(
        RouterBuilder.builder()
            .id(id)
            .tenantId(router.tenantId())
            .name(router.name())
            .adminStateUp(router.adminStateUp())
            .inboundFilterId(in)
            .outboundFilterId(out)
            .forwardChainId(forward)
            .asNumber(NO_BGP)
            .build());
    UUID uplinks = Ids.PORT_GROUP.of(id);
    draft.create(group(uplinks, "OS_PORT_GROUP_" + uplinks, router.tenantId(), true));
    UUID interfaces = Ids.ROUTER_INTERFACE_PORT_GROUP.of(id);
    draft.create(group(interfaces, "OS_PORT_GROUP_ROUTER_INTF_" + id, router.tenantId(), false));
    createNatChains(draft, id, out);
    Gateways.reconcile(draft, null, router);
  }

  /**
   * Floating IPs first, by the rules that are most exact; but what was not addressed to a floating
   * IP skips them, unless it leaves by the gateway.
   */
  private static void createNatChains(Draft draft, UUID router, UUID postRouting) {
    UUID nat64 = Ids.FLOAT_NAT64_CHAIN.of(router);
    UUID skipSnat = Ids.SKIP_SNAT_CHAIN.of(router);
    UUID exact = Ids.FLOAT_SNAT_EXACT_CHAIN.of(router);
    UUID floating = Ids.FLOAT_SNAT_CHAIN.of(router);
    draft.create(chain(nat64, "OS_FLOAT_NAT64_" + router));
    draft.create(chain(skipSnat, "OS_SKIP_SNAT_" + router));
    draft.create(chain(exact, "OS_FLOAT_SNAT_EXACT_" + router));
    draft.create(chain(floating, "OS_FLOAT_SNAT_" + router));
    for (UUID chain : List.of(nat64, skipSnat, exact, floating)) {
      draft.create(Rules.jump(draft.newId(), postRouting, chain));
    }
    draft.create(
        Rules.rule(
            Ids.SKIP_SNAT_ACCEPT_RULE.of(router),
            skipSnat,
            RuleAction.ACCEPT,
            Rules.anyFragment().matchNwDstRewritten(true).condInvert(true)));
  }

  /** What else there is about the router, such as its load balancer and BGP, stays. */
  static void update(Draft draft, NeutronRouter router) {
    Router present = draft.get(ObjectType.ROUTER, router.id());
    draft.update(
        present
            .withAdminStateUp(router.adminStateUp())
            .withName(router.name())
            .withTenantId(router.tenantId()));
    NeutronRouter old = draft.router(router.id());
    Gateways.reconcile(draft, old, router);
    ExtraRoutes.reconcile(draft, old, router);
  }

  /** Its ports and their routes go with it. */
  static void delete(Draft draft, NeutronRouter router) {
    UUID id = router.id();
    for (Ids chain :
        List.of(
            Ids.IN_CHAIN,
            Ids.OUT_CHAIN,
            Ids.FWD_CHAIN,
            Ids.FLOAT_SNAT_EXACT_CHAIN,
            Ids.FLOAT_SNAT_CHAIN,
            Ids.SKIP_SNAT_CHAIN,
            Ids.FLOAT_NAT64_CHAIN)) {
      draft.delete(ObjectType.CHAIN, chain.of(id));
    }
    draft.delete(ObjectType.PORT_GROUP, Ids.PORT_GROUP.of(id));
    draft.delete(ObjectType.PORT_GROUP, Ids.ROUTER_INTERFACE_PORT_GROUP.of(id));
    draft.delete(ObjectType.ROUTER, id);
  }

  private static Chain chain(UUID id, String name) {
    return ChainBuilder.builder().id(id).name(name).build();
  }

  private static PortGroup group(UUID id, String name, @Nullable String tenant, boolean stateful) {
    return PortGroupBuilder.builder().id(id).name(name).tenantId(tenant).stateful(stateful).build();
  }
}
