"""Create, find, list, update and delete each resource of the Networking API with openstacksdk.

usage: sdk_session.py    the cloud is that of the OS_ environment variables; prints one line per resource, ends with 1 on the
                         first thing that is not as it should be
"""
import sys
import uuid

import openstack

RUN = uuid.uuid4().hex[:8]


def check(condition, what):
    if not condition:
        raise SystemExit(f"FAILED: {what}")


class Session:
    """Walks through the life of resources and remembers what is to be deleted, last first."""

    def __init__(self, network):
        self.network = network
        self.made = []

    def create(self, kind, plural, **attributes):
        """Create a resource; then it must be found by name, got by id and be in the list."""
        proxy = self.network
        resource = getattr(proxy, f"create_{kind}")(**attributes)
        self.made.append((kind, resource))
        got = getattr(proxy, f"get_{kind}")(resource.id)
        check(got.id == resource.id, f"get_{kind}")
        for name, value in attributes.items():
            if isinstance(value, (str, int)) and name in got and value != "":
                check(got[name] == value, f"{kind}.{name} is {got[name]!r} instead of {value!r}")
        if "name" in attributes and hasattr(proxy, f"find_{kind}"):
            found = getattr(proxy, f"find_{kind}")(attributes["name"])
            check(found is not None and found.id == resource.id, f"find_{kind} by name")
        check(resource.id in {each.id for each in getattr(proxy, plural)()}, f"{plural} lists it")
        print("created", kind)
        return resource

    def update(self, kind, resource, **attributes):
        updated = getattr(self.network, f"update_{kind}")(resource, **attributes)
        for name, value in attributes.items():
            check(updated[name] == value, f"update_{kind} {name}")
        print("updated", kind)

    def delete_all(self):
        while self.made:
            kind, resource = self.made.pop()
            getattr(self.network, f"delete_{kind}")(resource, ignore_missing=False)
            try:
                getattr(self.network, f"get_{kind}")(resource.id)
                check(False, f"{kind} is still there")
            except openstack.exceptions.ResourceNotFound:
                print("deleted", kind)


def name(kind):
    return f"sdk-{kind}-{RUN}"


def own_resources(session):
    proxy = session.network
    scope = session.create("address_scope", "address_scopes", name=name("scope"), ip_version=4)
    session.update("address_scope", scope, name=name("scope2"))
    pool = session.create("subnet_pool", "subnet_pools", name=name("pool"), prefixes=["10.61.0.0/16"],
                          default_prefix_length=24, address_scope_id=scope.id)
    session.update("subnet_pool", pool, description="a pool")
    network = session.create("network", "networks", name=name("net"), description="a network")
    session.update("network", network, is_admin_state_up=False)
    subnet = session.create("subnet", "subnets", name=name("sub"), network_id=network.id, ip_version=4,
                            subnet_pool_id=pool.id)
    session.update("subnet", subnet, dns_nameservers=["9.9.9.9"])
    session.create("subnet", "subnets", name=name("sub6"), network_id=network.id, ip_version=6, cidr="fd00:61::/64",
                   ipv6_address_mode="slaac", ipv6_ra_mode="slaac")
    group = session.create("security_group", "security_groups", name=name("group"), description="a group")
    session.update("security_group", group, description="another")
    session.create("security_group_rule", "security_group_rules", security_group_id=group.id, direction="ingress",
                   ethertype="IPv4", protocol="tcp", port_range_min=80, port_range_max=443)
    port = session.create("port", "ports", name=name("port"), network_id=network.id, security_group_ids=[group.id])
    check(len(port.fixed_ips) == 2, "a port has an address of each subnet")
    session.update("port", port, description="a port")
    router = session.create("router", "routers", name=name("router"))
    session.update("router", router, description="a router")
    public = proxy.find_network("public")
    check(public is not None, "the external network is visible")
    proxy.update_router(router, external_gateway_info={"network_id": public.id})
    proxy.add_interface_to_router(router, subnet_id=subnet.id)
    floating = session.create("ip", "ips", floating_network_id=public.id, port_id=port.id)
    check(floating.fixed_ip_address in {each["ip_address"] for each in port.fixed_ips}, "floating IP of the port")
    session.update("ip", floating, description="a floating IP")
    tags(session, network)
    policies(session, network)
    proxy.delete_ip(session.made.pop()[1])
    proxy.remove_interface_from_router(router, subnet_id=subnet.id)
    proxy.update_router(router, external_gateway_info={})


def tags(session, network):
    session.network.set_tags(network, ["one", "two"])
    check(set(session.network.get_network(network.id).tags) == {"one", "two"}, "tags are set")
    check([each.id for each in session.network.networks(tags="one,two")] == [network.id], "networks by tag")
    print("tagged network")


def policies(session, network):
    other = session.network.create_rbac_policy(
        object_type="network", object_id=network.id, action="access_as_shared", target_project_id=uuid.uuid4().hex)
    check(session.network.get_rbac_policy(other.id).object_id == network.id, "get_rbac_policy")
    check(other.id in {each.id for each in session.network.rbac_policies()}, "rbac_policies lists it")
    session.network.delete_rbac_policy(other)
    print("created and deleted rbac_policy")


def deployment(connection):
    """What there is to see without creating anything."""
    proxy = connection.network
    check(proxy.find_extension("router") is not None, "extension router")
    check({"router", "security-group"} <= {each.alias for each in proxy.extensions()}, "extensions")
    check([each.name for each in proxy.availability_zones()], "availability zones")
    check(proxy.get_quota(connection.current_project_id).networks is not None, "quota")
    check(list(proxy.service_providers()) is not None, "service providers")
    proxy.find_network_ip_availability("public")
    print("saw extensions, availability zones, quota, service providers")


def main():
    connection = openstack.connect()
    session = Session(connection.network)
    deployment(connection)
    try:
        own_resources(session)
    finally:
        if sys.exc_info()[0] is None:
            session.delete_all()


if __name__ == "__main__":
    main()
