#!/usr/bin/python3
"""Records what Neutron's own policy engine decides, for PolicyDecisionsTest.

Run where python3-neutron of the Zed release is installed:

    record-zed-decisions.py ../../../../../../main/resources/org/midonet/neutron/policy/default-rules.txt > zed-decisions.txt
"""
import sys

from neutron import policy
from neutron_lib import context
from neutron_lib.api import attributes
from neutron_lib.api.definitions import address_group, address_scope, external_net, subnetpool
from neutron_lib.plugins import directory
from oslo_config import cfg

ROLES = (None, "reader", "member", "advsvc", "data_plane_integrator", "admin")


class Parents:
    OWNERS = {"mine": "p1", "theirs": "p2", "shared": "p2"}

    def get_network(self, ctx, id, fields=None):
        owner = self.OWNERS[id]
        return {"tenant_id": owner, "project_id": owner, "shared": id == "shared"}

    get_security_group = get_floatingip = get_router = get_local_ip = get_network


def targets():
    for owner in ("p1", "p2"):
        for parent in ("mine", "theirs", "shared"):
            for odd in (False, True):
                target = {
                    "tenant_id": owner,
                    "project_id": owner,
                    "network_id": parent,
                    "security_group_id": parent,
                    "ext_parent_floatingip_id": parent,
                    "device_owner": "network:dhcp" if odd else "compute:nova",
                    "target_tenant": "*" if odd else "p3",
                    "router:external": False,
                }
                if odd:
                    target["shared"] = True
                yield target


def decisions(rule, enforcer):
    for role in ROLES:
        ctx = context.Context(user_id="u1", tenant_id="p1", roles=[role] if role else [], is_admin=False, is_advsvc=False)
        bits = "".join("1" if enforcer.enforce(rule, dict(t), ctx) else "0" for t in targets())
        yield "%03x" % int(bits, 2)


def main():
    cfg.CONF([], project="neutron", default_config_files=[])
    for definition in (address_group, address_scope, external_net, subnetpool):
        for collection, members in definition.RESOURCE_ATTRIBUTE_MAP.items():
            attributes.RESOURCES.setdefault(collection, {}).update(members)
    parents = Parents()
    directory.get_plugin = lambda *args: parents
    with open(sys.argv[1]) as rules:
        names = [line.split(" | ")[0] for line in rules if " | " in line] + ["create_network:no_such_attribute"]
    columns = {name: [] for name in names}
    for strict in (False, True):
        policy.init()
        cfg.CONF.set_override("enforce_new_defaults", strict, group="oslo_policy")
        policy.refresh()
        for name in names:
            columns[name].append(" ".join(decisions(name, policy._ENFORCER)))
    print("# rule | decisions | decisions with enforce_new_defaults. One number for each of the roles none, reader, member,")
    print("# advsvc, data_plane_integrator, admin; one bit of it for each target, see record-zed-decisions.py.")
    for name in names:
        print(name, "|", " | ".join(columns[name]))


main()
