"""Make the networks that tempest expects to find: an external one with subnets, default subnet pools, a router.

usage: network.py URL    may be repeated; prints {"public": id, "router": id, "aliases": [...]}
"""
import json
import sys
import urllib.error
import urllib.request

import identity


class Refused(Exception):
    """The server answered with an error."""


class Networking:
    """A Networking API endpoint, spoken to as admin."""

    def __init__(self, url):
        self.url = url.rstrip("/") + "/v2.0"
        self.token, _ = identity.token()

    def call(self, method, path, body=None):
        data = json.dumps(body).encode() if body is not None else None
        headers = {"X-Auth-Token": self.token, "Content-Type": "application/json", "Accept": "application/json"}
        request = urllib.request.Request(self.url + path, data, headers, method=method)
        try:
            return json.loads(urllib.request.urlopen(request).read() or b"null")
        except urllib.error.HTTPError as error:
            raise Refused(f"{method} {path} -> {error.code} {error.read()[:400]}") from None

    def ensure(self, collection, kind, attributes):
        """The resource of that name, made if there is none."""
        found = self.call("GET", f"/{collection}?name={attributes['name']}")[collection]
        return found[0] if found else self.call("POST", f"/{collection}", {kind: attributes})[kind]


def prepare(url):
    server = Networking(url)
    aliases = sorted(each["alias"] for each in server.call("GET", "/extensions")["extensions"])
    public = {"name": "public", "router:external": True}
    if "auto-allocated-topology" in aliases:
        public["is_default"] = True
    flat = {"provider:network_type": "flat", "provider:physical_network": "public"} if "provider" in aliases else {}
    try:
        network = server.ensure("networks", "network", public | flat)["id"]
    except Refused:
        # MidoNet knows no flat networks.
        network = server.ensure("networks", "network", public)["id"]
    server.ensure("subnets", "subnet", {
        "name": "public-subnet", "network_id": network, "ip_version": 4, "cidr": "172.24.4.0/22",
        "gateway_ip": "172.24.4.1", "enable_dhcp": False})
    server.ensure("subnets", "subnet", {
        "name": "ipv6-public-subnet", "network_id": network, "ip_version": 6, "cidr": "2001:db8::/64",
        "gateway_ip": "2001:db8::2", "enable_dhcp": False})
    if "default-subnetpools" in aliases:
        server.ensure("subnetpools", "subnetpool", {
            "name": "shared-default-subnetpool-v4", "prefixes": ["10.0.0.0/14"], "default_prefixlen": 26,
            "is_default": True, "shared": True})
        server.ensure("subnetpools", "subnetpool", {
            "name": "shared-default-subnetpool-v6", "prefixes": ["fd12:3456:789a::/56"], "default_prefixlen": 64,
            "is_default": True, "shared": True})
    router = ""
    if "router" in aliases:
        router = server.ensure("routers", "router", {
            "name": "router1", "external_gateway_info": {"network_id": network}})["id"]
    print(json.dumps({"public": network, "router": router, "aliases": aliases}))


if __name__ == "__main__":
    try:
        prepare(sys.argv[1])
    except Refused as refused:
        raise SystemExit(str(refused)) from None
