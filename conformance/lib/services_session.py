"""Balance and filter with the Python bindings of neutronclient, as Horizon and Heat do.

usage: services_session.py    the cloud is that of the OS_ environment variables; prints one line per resource, ends with 1 on the
                              first thing that is not as it should be
"""
import os
import uuid

from keystoneauth1 import loading, session
from neutronclient.common import exceptions
from neutronclient.v2_0 import client

RUN = uuid.uuid4().hex[:8]


def check(condition, what):
    if not condition:
        raise SystemExit(f"FAILED: {what}")


def connect():
    names = ("auth_url", "username", "password", "project_name", "user_domain_id", "project_domain_id")
    auth = loading.get_plugin_loader("password").load_from_options(
        **{name: os.environ["OS_" + name.upper()] for name in names})
    return client.Client(session=session.Session(auth=auth), region_name=os.environ["OS_REGION_NAME"])


class Life:
    """Makes resources by the bindings' methods and takes them away again, last first."""

    def __init__(self, neutron):
        self.neutron = neutron
        self.made = []

    def create(self, kind, **attributes):
        made = getattr(self.neutron, f"create_{kind}")({kind: attributes})[kind]
        self.made.append((kind, made["id"]))
        shown = getattr(self.neutron, f"show_{kind}")(made["id"])[kind]
        for name, value in attributes.items():
            check(shown.get(name) == value, f"{kind}.{name} is {shown.get(name)!r} instead of {value!r}")
        plural = kind[:-1] + "ies" if kind.endswith("y") else kind + "s"
        listed = getattr(self.neutron, f"list_{plural}")()[plural]
        check(made["id"] in {each["id"] for each in listed}, f"list_{plural} lists it")
        print("created", kind)
        return made["id"]

    def update(self, kind, id, **attributes):
        updated = getattr(self.neutron, f"update_{kind}")(id, {kind: attributes})[kind]
        for name, value in attributes.items():
            check(updated[name] == value, f"update_{kind} {name}")

    def status(self, kind, id):
        return getattr(self.neutron, f"show_{kind}")(id)[kind]["status"]

    def delete_all(self):
        while self.made:
            kind, id = self.made.pop()
            getattr(self.neutron, f"delete_{kind}")(id)
            try:
                getattr(self.neutron, f"show_{kind}")(id)
                check(False, f"{kind} is still there")
            except exceptions.NotFound:
                print("deleted", kind)


def balance(neutron, life, subnet):
    pool = life.create("pool", name=RUN, subnet_id=subnet, protocol="TCP", lb_method="ROUND_ROBIN")
    member = life.create("member", pool_id=pool, address="10.79.0.7", protocol_port=8080, weight=5)
    life.update("member", member, admin_state_up=False)
    monitor = life.create("health_monitor", type="PING", delay=4, timeout=2, max_retries=2)
    neutron.associate_health_monitor(pool, {"health_monitor": {"id": monitor}})
    check(neutron.show_pool(pool)["pool"]["health_monitors"] == [monitor], "the pool has its monitor")
    life.update("health_monitor", monitor, delay=6)
    neutron.disassociate_health_monitor(pool, monitor)
    vip = life.create("vip", name=RUN, subnet_id=subnet, protocol="TCP", protocol_port=80, pool_id=pool)
    life.update("vip", vip, connection_limit=9)
    check(life.status("vip", vip) == "ACTIVE", "the vip is active")
    check(neutron.retrieve_pool_stats(pool)["stats"]["active_connections"] == 0, "no connections yet")
    try:
        neutron.delete_pool(pool)
        check(False, "a pool with a vip stays")
    except exceptions.Conflict as error:
        check("still in use" in str(error), "a pool with a vip says that it is in use")
    try:
        neutron.create_vip({"vip": {"subnet_id": subnet, "protocol": "TCP", "protocol_port": 81, "pool_id": pool,
                                    "address": "192.0.2.1"}})
        check(False, "a pool has one vip")
    except exceptions.Conflict as error:
        check("Another Vip" in str(error), "a pool has one vip")


def filter_(neutron, life, router):
    rule = life.create("firewall_rule", name=RUN, protocol="tcp", destination_port="80", action="allow")
    other = life.create("firewall_rule", name=RUN, protocol="udp", action="deny")
    policy = life.create("firewall_policy", name=RUN, firewall_rules=[rule])
    neutron.firewall_policy_insert_rule(policy, {"firewall_rule_id": other, "insert_before": rule})
    check(neutron.show_firewall_policy(policy)["firewall_policy"]["firewall_rules"] == [other, rule], "rules in order")
    firewall = life.create("firewall", name=RUN, firewall_policy_id=policy, router_ids=[router])
    life.update("firewall", firewall, admin_state_up=False)
    check(life.status("firewall", firewall) == "ACTIVE", "the firewall is active")
    neutron.firewall_policy_remove_rule(policy, {"firewall_rule_id": other})


def main():
    neutron = connect()
    life = Life(neutron)
    network = life.create("network", name=RUN)
    subnet = life.create("subnet", network_id=network, cidr="10.79.0.0/24", ip_version=4)
    router = life.create("router", name=RUN)
    neutron.add_interface_router(router, {"subnet_id": subnet})
    try:
        balance(neutron, life, subnet)
        filter_(neutron, life, router)
    finally:
        while life.made[-1][0] not in ("network", "subnet", "router"):
            kept, life.made = life.made[:3], life.made[3:]
            life.delete_all()
            life.made = kept
        neutron.remove_interface_router(router, {"subnet_id": subnet})
        life.delete_all()


if __name__ == "__main__":
    main()
