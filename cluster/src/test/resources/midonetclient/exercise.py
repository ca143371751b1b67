"""Uses every resource that python-midonetclient knows: create, show, list, delete.

Usage: exercise.py SOURCES URL, where SOURCES is the folder "src" of python-midonetclient and URL the
MidoNet API. Prints a line for each thing done and ends with 0 only if all went well.
"""

import sys
import urllib
import urllib.parse

sys.path.insert(0, sys.argv[1])
urllib.urlencode = urllib.parse.urlencode  # the client was written for Python 2

from midonetclient.api import MidonetApi  # noqa: E402

api = MidonetApi(sys.argv[2], "admin", "secret")
failed = []


def step(name, call):
    try:
        result = call()
        print("ok   " + name)
        return result
    except Exception as e:  # every failure shall be seen, not the first alone
        print("FAIL %s: %r" % (name, e))
        failed.append(name)
        return None


def life(name, make, listing, find, delete, change=None):
    """Creates, lists, shows, perhaps updates, and deletes an object."""
    made = step(name + " create", make)
    if made is None:
        return
    step(name + " list", lambda: has(listing(), made.get_id()))
    step(name + " show", lambda: same(find(made.get_id()).get_id(), made.get_id()))
    if change:
        step(name + " update", lambda: change(made))
    step(name + " delete", lambda: delete(made.get_id()) if delete else made.delete())


def has(objects, wanted):
    same([o for o in objects if o.get_id() == wanted] != [], True)


def same(found, wanted):
    if found != wanted:
        raise AssertionError("%r is not %r" % (found, wanted))


def made_host():
    return api.add_host().id("00000099-0000-4000-8000-000000000000").name("h").create()


step("application", lambda: api.get_tenants({}))
step("tenants", lambda: same([t.get_id() for t in api.get_tenants({})] != [], True))
step("system state", lambda: same(api.get_system_state().get_state(), "ACTIVE"))

life("bridge", lambda: api.add_bridge().name("b").tenant_id("t").create(), lambda: api.get_bridges({}),
     api.get_bridge, api.delete_bridge, lambda b: same(b.name("c").update().get_name(), "c"))
life("bridge of a tenant", lambda: api.add_bridge().name("b").tenant_id("t").create(),
     lambda: api.get_bridges({"tenant_id": "t"}), api.get_bridge, api.delete_bridge)
life("router", lambda: api.add_router().name("r").tenant_id("t").create(), lambda: api.get_routers({}),
     api.get_router, api.delete_router, lambda r: same(r.name("s").update().get_name(), "s"))
life("chain", lambda: api.add_chain().name("c").tenant_id("t").create(), lambda: api.get_chains({}),
     api.get_chain, api.delete_chain)
life("port group", lambda: api.add_port_group().name("g").tenant_id("t").create(),
     lambda: api.get_port_groups({}), api.get_port_group, api.delete_port_group,
     lambda g: same(g.name("h").stateful(True).update().is_stateful(), True))
life("ip address group", lambda: api.add_ip_addr_group().name("g").create(),
     lambda: api.get_ip_addr_groups({}), api.get_ip_addr_group, api.delete_ip_addr_group)
life("tunnel zone", lambda: api.add_tunnel_zone().name("z").type("vxlan").create(),
     lambda: api.get_tunnel_zones({}), api.get_tunnel_zone, None,
     lambda z: same(z.name("y").update().get_name(), "y"))
life("load balancer", lambda: api.add_load_balancer().create(), lambda: api.get_load_balancers({}),
     api.get_load_balancer, api.delete_load_balancer)
life("health monitor", lambda: api.add_health_monitor().type("TCP").delay(1).timeout(2).max_retries(3).create(),
     lambda: api.get_health_monitors({}), api.get_health_monitor, api.delete_health_monitor)
life("qos policy", lambda: api.add_qos_policy().name("q").description("d").shared(False).create(),
     lambda: api.get_qos_policies({}), api.get_qos_policy, api.delete_qos_policy)
life("vtep", lambda: api.add_vtep().management_ip("192.0.2.1").management_port(6632).create(),
     api.get_vteps, api.get_vtep, api.delete_vtep)
life("service container group", lambda: api.add_service_container_group().create(),
     lambda: api.get_service_container_groups(), api.get_service_container_group,
     api.delete_service_container_group)

# Ports, links, tables and DHCP of a bridge and a router.
bridge = api.add_bridge().name("b").create()
router = api.add_router().name("r").create()
port = step("bridge port", lambda: bridge.add_port().create())
vlan = step("bridge port with a VLAN", lambda: bridge.add_port().vlan_id(7).create())
step("vlan", lambda: same(vlan.get_vlan_id(), 7))
rport = step("router port", lambda: router.add_port().port_address("10.0.0.1")
             .network_address("10.0.0.0").network_length(24).create())
step("router port address", lambda: same(rport.get_port_address(), "10.0.0.1"))
step("link", lambda: same(rport.link(port.get_id()).get_peer_id(), port.get_id()))
step("peer ports", lambda: same([p.get_id() for p in bridge.get_peer_ports()], [rport.get_id()]))
step("unlink", lambda: same(rport.unlink().get_peer_id(), None))
step("ports of a bridge", lambda: has(bridge.get_ports(), port.get_id()))
step("ports", lambda: has(api.get_ports({}), port.get_id()))
step("port update", lambda: port.admin_state_up(False).update())
step("port show", lambda: same(api.get_port(port.get_id()).dto["adminStateUp"], False))
step("router port update", lambda: same(rport.admin_state_up(True).update().get_port_address(), "10.0.0.1"))

life("mirror", lambda: api.add_mirror().to_port(port.get_id()).create(), lambda: api.get_mirrors({}),
     api.get_mirror, api.delete_mirror)
life("l2 insertion", lambda: api.add_l2insertion().port(port.get_id()).srv_port(vlan.get_id())
     .mac("02:00:00:00:00:01").create(), lambda: api.get_l2insertions({}), api.get_l2insertion,
     api.delete_l2insertion)
life("trace request", lambda: api.add_tracerequest().set_name("t").set_port(port.get_id()).set_enabled(False)
     .nw_proto(6).create(), lambda: api.get_tracerequests({}), api.get_tracerequest, api.delete_tracerequest)

subnet = step("dhcp subnet", lambda: bridge.add_dhcp_subnet().default_gateway("10.0.0.1")
              .subnet_prefix("10.0.0.0").subnet_length(24).create())
step("dhcp host", lambda: subnet.add_dhcp_host().name("h").ip_addr("10.0.0.5")
     .mac_addr("02:00:00:00:00:05").create())
step("dhcp hosts", lambda: same([h.get_ip_addr() for h in subnet.get_dhcp_hosts()], ["10.0.0.5"]))
step("dhcp subnet update", lambda: same(subnet.enabled(False).update().is_enabled(), False))
step("dhcp host delete", lambda: subnet.get_dhcp_host("10.0.0.5", "02:00:00:00:00:05").delete())
step("dhcp subnets", lambda: same(len(list(bridge.get_dhcp_subnets())), 1))
step("dhcp subnet delete", lambda: subnet.delete())

route = step("route", lambda: router.add_route().type("Normal").src_network_addr("0.0.0.0").src_network_length(0)
             .dst_network_addr("0.0.0.0").dst_network_length(0).weight(100)
             .next_hop_port(rport.get_id()).create())
step("routes", lambda: has(router.get_routes(), route.get_id()))
step("route show", lambda: same(api.get_route(route.get_id()).get_weight(), 100))
step("route delete", lambda: api.delete_route(route.get_id()))
network = step("bgp network", lambda: router.add_bgp_network().subnet_address("10.0.0.0").subnet_length(24)
               .create())
step("bgp networks", lambda: has(router.get_bgp_networks(), network.get_id()))
peer = step("bgp peer", lambda: router.add_bgp_peer().asn(65001).address("10.0.0.9").create())
step("bgp peers", lambda: has(router.get_bgp_peers(), peer.get_id()))
step("bgp peer show", lambda: same(api.get_bgp_peer(peer.get_id()).get_asn(), 65001))
step("bgp peer update", lambda: same(peer.hold_time(180).update().get_hold_time(), 180))
step("bgp network show", lambda: same(api.get_bgp_network(network.get_id()).get_subnet_length(), 24))
step("bgp peer delete", lambda: peer.delete())
step("bgp network delete", lambda: network.delete())

chain = api.add_chain().name("c").create()
rule = step("rule", lambda: chain.add_rule().type("accept").nw_proto(6).tp_dst({"start": 1, "end": 2}).create())
step("nat rule", lambda: chain.add_rule().type("dnat").flow_action("accept").nat_targets(
    [{"addressFrom": "10.0.0.1", "addressTo": "10.0.0.1", "portFrom": 80, "portTo": 80}]).create())
step("rules", lambda: same(len(list(chain.get_rules())), 2))
step("rule show", lambda: same(api.get_rule(rule.get_id()).get_position(), 2))
step("rule delete", lambda: api.delete_rule(rule.get_id()))

group = api.add_port_group().name("g").create()
step("join port group", lambda: group.add_port_group_port().port_id(port.get_id()).create())
step("ports of a group", lambda: same([p.get_port_id() for p in group.get_ports()], [port.get_id()]))
step("groups of a port", lambda: same([g.get_port_group_id() for g in port.get_port_groups({})],
                                      [group.get_id()]))
step("leave port group", lambda: [p.delete() for p in group.get_ports()])
addresses = api.add_ip_addr_group().name("g").create()
step("address", lambda: addresses.add_ipv4_addr().addr("10.0.0.1").create())
step("IPv6 address", lambda: addresses.add_ipv6_addr().addr("2001:db8::1").create())
step("addresses", lambda: same(len(list(addresses.get_addrs())), 2))
step("remove addresses", lambda: [a.delete() for a in addresses.get_addrs()])

balancer = api.add_load_balancer().create()
pool = step("pool", lambda: balancer.add_pool().lb_method("ROUND_ROBIN").protocol("TCP").create())
step("pools", lambda: has(api.get_pools({}), pool.get_id()))
member = step("pool member", lambda: pool.add_pool_member().address("10.0.0.5").protocol_port(80).create())
step("pool members", lambda: has(pool.get_pool_members(), member.get_id()))
vip = step("vip", lambda: pool.add_vip().address("10.0.0.9").protocol_port(80)
           .session_persistence("SOURCE_IP").create())
step("vips", lambda: has(api.get_vips({}), vip.get_id()))
step("vips of a load balancer", lambda: has(balancer.get_vips(), vip.get_id()))
step("router's load balancer", lambda: same(router.load_balancer_id(balancer.get_id()).update()
                                            .get_load_balancer_id(), balancer.get_id()))
step("no load balancer", lambda: router.load_balancer_id(None).update())
step("vip show", lambda: same(api.get_vip(vip.get_id()).get_address(), "10.0.0.9"))
step("vip update", lambda: same(vip.protocol_port(81).update().get_protocol_port(), 81))
step("pool show", lambda: same(api.get_pool(pool.get_id()).get_lb_method(), "ROUND_ROBIN"))
step("pool update", lambda: pool.admin_state_up(False).update())
step("pool member show", lambda: same(api.get_pool_member(member.get_id()).get_address(), "10.0.0.5"))
step("pool member update", lambda: same(member.weight(3).update().get_weight(), 3))
step("all pool members", lambda: has(api.get_pool_members({}), member.get_id()))
step("vip delete", vip.delete)
step("pool member delete", lambda: api.delete_pool_member(member.get_id()))
step("pool delete", lambda: api.delete_pool(pool.get_id()))

policy = api.add_qos_policy().name("q").create()
limit = step("bandwidth limit", lambda: policy.add_bw_limit_rule().max_kbps(100).max_burst_kb(10).create())
mark = step("dscp mark", lambda: policy.add_dscp_rule().dscp_mark(26).create())
step("bandwidth limits", lambda: has(policy.get_bw_limit_rules(), limit.get_id()))
step("dscp marks", lambda: has(policy.get_dscp_rules(), mark.get_id()))
step("bandwidth limit show", lambda: same(api.get_qos_bw_limit_rule(limit.get_id()).get_max_kbps(), 100))
step("bandwidth limit update", lambda: same(limit.max_kbps(200).update().get_max_kbps(), 200))
step("dscp mark show", lambda: same(api.get_qos_dscp_rule(mark.get_id()).get_dscp_mark(), 26))
step("bandwidth limit delete", lambda: api.delete_qos_bw_limit_rule(limit.get_id()))
step("dscp mark delete", lambda: api.delete_qos_dscp_rule(mark.get_id()))

# Hosts come by their agents; the library's own way of making one is used for want of them.
host = step("host create", lambda: made_host())
step("host list", lambda: has(api.get_hosts(), host.get_id()))
step("host show", lambda: same(api.get_host(host.get_id()).get_name(), "h"))
step("host update", lambda: same(host.container_weight(4).update().get_container_weight(), 4))
step("host interfaces", lambda: same(list(host.get_interfaces()), []))
for kind, add in (("gre", api.add_gre_tunnel_zone), ("vxlan", api.add_vxlan_tunnel_zone),
                  ("vtep", api.add_vtep_tunnel_zone)):
    zone = step(kind + " tunnel zone", lambda: add().name("zone " + kind).create())
    step(kind + " tunnel zone type", lambda: same(api.get_tunnel_zone(zone.get_id()).get_type(), kind))
    step(kind + " tunnel zone member", lambda: zone.add_tunnel_zone_host().host_id(host.get_id())
         .ip_address("192.0.2.9").create())
    step(kind + " tunnel zone members", lambda: same([m.get_host_id() for m in zone.get_hosts()], [host.get_id()]))
    if kind == "gre":
        step("binding", lambda: api.add_host_interface_port(host, port.get_id(), "eth0"))
        step("bindings", lambda: same([(b.get_interface_name(), b.get_port_id()) for b in host.get_ports()],
                                      [("eth0", port.get_id())]))
        step("bound port", lambda: same((api.get_port(port.get_id()).get_host_id(),
                                         api.get_port(port.get_id()).get_interface_name()), (host.get_id(), "eth0")))
        step("binding delete", lambda: [b.delete() for b in host.get_ports()])
    step(kind + " tunnel zone member delete", lambda: [m.delete() for m in zone.get_hosts()])
    step(kind + " tunnel zone delete", lambda: zone.delete())
step("host delete", lambda: host.delete())

# The short ways of the library.
step("dhcp at once", lambda: api.add_bridge_dhcp(
    bridge, "10.0.0.1", "10.0.0.0/24", [{"destination": "192.0.2.0/24", "nexthop": "10.0.0.3"}], ["8.8.8.8"]))
step("dhcp update at once", lambda: same(api.update_bridge_dhcp(
    bridge, "10.0.0.0/24", "10.0.0.2", dns_nservers=["8.8.4.4"]).get_dns_server_addrs(), ["8.8.4.4"]))
step("dhcp as made at once", lambda: same(
    [(o["destinationPrefix"], o["destinationLength"], o["gatewayAddr"])
     for o in bridge.get_dhcp_subnet("10.0.0.0_24").get_opt121_routes()], [("192.0.2.0", 24, "10.0.0.3")]))
step("route at once", lambda: api.add_router_route(router, "Normal", "0.0.0.0", 0, "198.51.100.0", 24,
                                                   rport.get_id(), "10.0.0.9"))
step("routes of a router", lambda: same("198.51.100.0" in [r.get_dst_network_addr()
                                                           for r in api.get_router_routes(router.get_id())], True))
far = step("port at once", lambda: api.add_bridge_port(bridge).create())
step("link at once", lambda: api.link(rport, far.get_id()))
step("unlink at once, which deletes the peer", lambda: api.unlink(api.get_port(rport.get_id())))
step("peer deleted", lambda: same(far.get_id() in [p.get_id() for p in bridge.get_ports()], False))
step("bandwidth limit at once", lambda: api.add_qos_bw_limit_rule(policy, 5, 6))
step("dscp mark at once", lambda: api.add_qos_dscp_rule(policy, 8))
step("chain of a port", lambda: same(port.inbound_filter_id(chain.get_id()).update().get_inbound_filter_id(),
                                     chain.get_id()))
step("qos policy of a bridge", lambda: same(bridge.qos_policy_id(policy.get_id()).update().get_qos_policy_id(),
                                            policy.get_id()))

vtep = api.add_vtep().management_ip("192.0.2.2").management_port(6632).create()
step("vtep binding", lambda: vtep.add_binding().port_name("eth0").vlan_id(10)
     .network_id(bridge.get_id()).create())
step("vtep bindings", lambda: same([b.get_port_name() for b in vtep.get_bindings()], ["eth0"]))
step("vtep ports", lambda: list(vtep.get_ports()))
step("vtep binding delete", lambda: [b.delete() for b in vtep.get_bindings()])
step("vtep delete", lambda: vtep.delete())

step("remote peer", lambda: rport.add_remote_peer().ip("192.0.2.3").mac("02:00:00:00:00:03").create())
step("remote peers", lambda: same([p.get_ip() for p in rport.get_remote_peers({})], ["192.0.2.3"]))

cgroup = api.add_service_container_group().create()
container = step("service container", lambda: api.add_service_container().service_type("QUAGGA")
                 .port_id(rport.get_id()).service_group_id(cgroup.get_id()).create())
step("service containers", lambda: has(api.get_service_containers(), container.get_id()))
step("service container show", lambda: same(api.get_service_container(container.get_id()).get_service_type(), "QUAGGA"))
step("service container delete", lambda: api.delete_service_container(container.get_id()))

step("hosts", lambda: list(api.get_hosts()))
for gone in (bridge, router, chain, group, addresses, balancer, policy, cgroup):
    step("delete " + type(gone).__name__, gone.delete)

print("%d failed" % len(failed))
sys.exit(1 if failed else 0)
