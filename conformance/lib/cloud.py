"""Make one of each kind of resource that MidoNet is told of, and change some, after "tempest prepare".

usage: cloud.py URL
"""
import sys

import network


def main(url):
    server = network.Networking(url)

    def make(kind, **attributes):
        return server.call("POST", f"/{kind.replace('_', '-')}s", {kind: attributes})[kind]

    public = server.call("GET", "/networks?name=public")["networks"][0]["id"]
    inside = make("network", name="inside")["id"]
    subnet = make("subnet", network_id=inside, ip_version=4, cidr="192.168.7.0/24", dns_nameservers=["8.8.8.8"],
                  host_routes=[{"destination": "198.51.100.0/24", "nexthop": "192.168.7.9"}])["id"]
    make("subnet", network_id=inside, ip_version=6, cidr="2001:db8:7::/64", enable_dhcp=False)
    group = make("security_group", name="web")["id"]
    make("security_group_rule", security_group_id=group, direction="ingress", protocol="tcp",
         port_range_min=80, port_range_max=90, remote_ip_prefix="198.51.100.0/24")
    gone = make("security_group_rule", security_group_id=group, direction="ingress", protocol="udp")["id"]
    server.call("POST", "/security-group-rules", {"security_group_rules": [
        {"security_group_id": group, "direction": "ingress", "protocol": "tcp", "port_range_min": port,
         "port_range_max": port, "remote_group_id": group} for port in range(1000, 1300)]})
    server.call("DELETE", f"/security-group-rules/{gone}")
    machine = make("port", network_id=inside, name="machine", device_owner="compute:nova",
                   security_groups=[group], allowed_address_pairs=[{"ip_address": "192.168.7.77"}])
    make("port", network_id=inside, name="open", port_security_enabled=False, security_groups=[])
    make("port", network_id=inside, device_owner="network:dhcp", device_id="dhcp")
    router = make("router", name="r", external_gateway_info={"network_id": public})["id"]
    server.call("PUT", f"/routers/{router}/add_router_interface", {"subnet_id": subnet})
    server.call("PUT", f"/routers/{router}", {"router": {"routes": [
        {"destination": "203.0.113.0/24", "nexthop": "192.168.7.50"}]}})
    make("floatingip", floating_network_id=public, port_id=machine["id"])
    make("floatingip", floating_network_id=public)
    server.call("PUT", f"/subnets/{subnet}", {"subnet": {"dns_nameservers": ["8.8.4.4"]}})
    server.call("PUT", f"/ports/{machine['id']}", {"port": {"name": "renamed", "admin_state_up": False}})


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except network.Refused as refused:
        raise SystemExit(str(refused)) from None
