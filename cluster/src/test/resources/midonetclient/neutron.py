"""Tells of every Neutron object that python-midonetclient knows and MidoNet translates here.

Usage: neutron.py SOURCES URL, as exercise.py. A tenant's network with a machine behind a router and a
floating IP is made, shown, changed and taken down again.
"""

import sys
import urllib
import urllib.parse

sys.path.insert(0, sys.argv[1])
urllib.urlencode = urllib.parse.urlencode  # the client was written for Python 2

from midonetclient.client import MidonetClient  # noqa: E402

api = MidonetClient(sys.argv[2], "admin", "secret")
failed = []


def ident(number):
    return "%08x-0000-4000-8000-000000000000" % number


NET, SUBNET, EXT, EXT_SUBNET, ROUTER, GROUP, RULE, RULE2, VM, JOIN, GATEWAY, FIP = map(ident, range(1, 13))
POOL, MEMBER, VIP, MONITOR, FIREWALL = map(ident, range(20, 25))


def step(name, call):
    try:
        result = call()
        print("ok   " + name)
        return result
    except Exception as e:  # every failure shall be seen, not the first alone
        print("FAIL %s: %r" % (name, e))
        failed.append(name)
        return None


def same(found, wanted):
    if found != wanted:
        raise AssertionError("%r is not %r" % (found, wanted))


def make(name, create, show, listing, body):
    step(name + " create", lambda: same(create(body)["id"], body["id"]))
    step(name + " show", lambda: same(show(body["id"])["id"], body["id"]))
    step(name + " list", lambda: same(body["id"] in [o["id"] for o in listing()], True))


def port(number, network, subnet, address, **more):
    return dict(id=number, network_id=network, admin_state_up=True, mac_address="fa:16:3e:00:00:" + number[6:8],
                fixed_ips=[{"ip_address": address, "subnet_id": subnet}], **more)


def router(**more):
    return dict(id=ROUTER, name="r", admin_state_up=True, **more)


def joined():
    return {"id": ROUTER, "port_id": JOIN, "subnet_id": SUBNET, "subnet_ids": [SUBNET]}


make("network", api.create_network, api.get_network, api.get_networks, {"id": NET, "name": "n"})
make("external network", api.create_network, api.get_network, api.get_networks,
     {"id": EXT, "router:external": True})
step("network update", lambda: same(api.update_network(NET, {"id": NET, "name": "m"})["name"], "m"))
make("subnet", api.create_subnet, api.get_subnet, api.get_subnets,
     {"id": SUBNET, "network_id": NET, "cidr": "10.0.0.0/24", "gateway_ip": "10.0.0.1", "enable_dhcp": True})
make("external subnet", api.create_subnet, api.get_subnet, api.get_subnets,
     {"id": EXT_SUBNET, "network_id": EXT, "cidr": "200.0.0.0/24", "gateway_ip": "200.0.0.1"})
make("security group", api.create_security_group, api.get_security_group, api.get_security_groups,
     {"id": GROUP, "name": "g", "security_group_rules": []})
make("security group rule", api.create_security_group_rule, api.get_security_group_rule,
     lambda: api.get_security_group(GROUP)["security_group_rules"],
     {"id": RULE, "security_group_id": GROUP, "direction": "ingress"})
step("security group rules at once", lambda: api.create_security_group_rule_bulk(
    [{"id": RULE2, "security_group_id": GROUP, "direction": "egress", "protocol": "tcp"}]))
make("port", api.create_port, api.get_port, api.get_ports,
     port(VM, NET, SUBNET, "10.0.0.10", device_owner="compute:nova", security_groups=[GROUP]))
make("router", api.create_router, api.get_router, api.get_routers, router())
step("interface port", lambda: api.create_port(
    port(JOIN, NET, SUBNET, "10.0.0.1", device_owner="network:router_interface", device_id=ROUTER)))
step("add router interface", lambda: api.add_router_interface(ROUTER, joined()))
step("gateway port", lambda: api.create_port(
    port(GATEWAY, EXT, EXT_SUBNET, "200.0.0.2", device_owner="network:router_gateway", device_id=ROUTER)))
step("router gateway", lambda: api.update_router(
    ROUTER, router(gw_port_id=GATEWAY, external_gateway_info={"network_id": EXT, "enable_snat": True})))
make("floating ip", api.create_floating_ip, api.get_floating_ip, api.get_floating_ips,
     {"id": FIP, "floating_ip_address": "200.0.0.3", "floating_network_id": EXT, "router_id": ROUTER,
      "port_id": VM, "fixed_ip_address": "10.0.0.10"})

# The client shows no firewalls and no load balancing; the answers to what is told do.
def life(name, create, update, body, change):
    step(name + " create", lambda: same(create(body)["id"], body["id"]))
    changed = dict(body, **change)
    step(name + " update", lambda: same({key: update(body["id"], changed)[key] for key in change}, change))


life("firewall", api.create_firewall, api.update_firewall,
     {"id": FIREWALL, "admin_state_up": True, "firewall_rule_list": [], "add-router-ids": [ROUTER],
      "del-router-ids": []}, {"admin_state_up": False})
life("pool", api.create_pool, api.update_pool,
     {"id": POOL, "name": "p", "router_id": ROUTER, "subnet_id": SUBNET, "lb_method": "ROUND_ROBIN",
      "protocol": "TCP", "admin_state_up": True}, {"name": "q"})
life("health monitor", api.create_health_monitor, api.update_health_monitor,
     {"id": MONITOR, "type": "TCP", "delay": 5, "timeout": 3, "max_retries": 3, "admin_state_up": True,
      "pools": []}, {"delay": 7})
step("pool health monitor create", lambda: same(
    api.create_pool_health_monitor({"id": MONITOR}, POOL)["id"], MONITOR))
life("member", api.create_member, api.update_member,
     {"id": MEMBER, "pool_id": POOL, "address": "10.0.0.10", "protocol_port": 80, "weight": 1,
      "admin_state_up": True}, {"weight": 3})
life("vip", api.create_vip, api.update_vip,
     {"id": VIP, "pool_id": POOL, "subnet_id": EXT_SUBNET, "address": "200.0.0.9", "protocol_port": 80,
      "admin_state_up": True}, {"admin_state_up": False})
for name, delete in (("vip", lambda: api.delete_vip(VIP)), ("member", lambda: api.delete_member(MEMBER)),
                     ("pool health monitor", lambda: api.delete_pool_health_monitor(MONITOR, POOL)),
                     ("health monitor", lambda: api.delete_health_monitor(MONITOR)),
                     ("pool", lambda: api.delete_pool(POOL)), ("firewall", lambda: api.delete_firewall(FIREWALL))):
    step(name + " delete", delete)

step("subnet update", lambda: same(api.update_subnet(SUBNET, {
    "id": SUBNET, "network_id": NET, "cidr": "10.0.0.0/24", "gateway_ip": "10.0.0.1", "enable_dhcp": True,
    "dns_nameservers": ["8.8.8.8"]})["dns_nameservers"], ["8.8.8.8"]))
step("port update", lambda: same(api.update_port(VM, port(
    VM, NET, SUBNET, "10.0.0.10", device_owner="compute:nova", security_groups=[]))["security_groups"], []))
step("group update", lambda: same(api.update_security_group(GROUP, {"id": GROUP, "name": "h"})["name"], "h"))
step("floating ip update", lambda: same(api.update_floating_ip(FIP, {
    "id": FIP, "floating_ip_address": "200.0.0.3", "floating_network_id": EXT, "router_id": None,
    "port_id": None})["port_id"], None))

many = [ident(number) for number in range(100, 104)]
step("networks at once", lambda: same([n["id"] for n in api.create_network_bulk(
    [{"id": one, "name": "many"} for one in many[:2]])], many[:2]))
step("subnets at once", lambda: same(len(api.create_subnet_bulk(
    [{"id": one, "network_id": one, "cidr": "10.1.0.0/24", "gateway_ip": "10.1.0.1"} for one in many[:2]])), 2))
step("ports at once", lambda: same(len(api.create_port_bulk(
    [port(one, many[0], many[0], "10.1.0." + one[7:8]) for one in many])), 4))
step("groups at once", lambda: same(len(api.create_security_group_bulk(
    [{"id": ident(number), "name": "many", "security_group_rules": []} for number in range(110, 114)])), 4))
for number in range(110, 114):
    step("one of many groups delete", lambda: api.delete_security_group(ident(number)))
for one in many:
    step("one of many ports delete", lambda: api.delete_port(one))
for one in many[:2]:
    step("one of many networks delete", lambda: api.delete_network(one))
    step("its subnet delete", lambda: api.delete_subnet(one))

step("floating ip delete", lambda: api.delete_floating_ip(FIP))
step("gateway delete", lambda: api.delete_port(GATEWAY))
step("interface delete", lambda: api.delete_port(JOIN))
step("remove router interface", lambda: api.remove_router_interface(ROUTER, joined()))
step("router delete", lambda: api.delete_router(ROUTER))
step("port delete", lambda: api.delete_port(VM))
step("rule delete", lambda: api.delete_security_group_rule(RULE))
step("group delete", lambda: api.delete_security_group(GROUP))
for one in (SUBNET, EXT_SUBNET):
    step("subnet delete", lambda: api.delete_subnet(one))
for one in (NET, EXT):
    step("network delete", lambda: api.delete_network(one))
for name, listing in (("networks", api.get_networks), ("subnets", api.get_subnets), ("ports", api.get_ports),
                      ("routers", api.get_routers), ("groups", api.get_security_groups),
                      ("floating ips", api.get_floating_ips)):
    step("no %s left" % name, lambda: same(listing(), []))

sys.exit(1 if failed else 0)
