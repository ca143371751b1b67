"""Fill keystone, and get tokens from it.

usage: identity.py ENDPOINT    makes the projects, users, roles and the network service with this endpoint; may be repeated

Environment: KEYSTONE_URL, ADMIN_PASSWORD, REGION.
"""
import json
import os
import sys
import urllib.error
import urllib.request

URL = os.environ["KEYSTONE_URL"]
PASSWORD = os.environ["ADMIN_PASSWORD"]
REGION = os.environ["REGION"]
NOWHERE = "http://127.0.0.1:1"


def call(method, path, body=None, token=None):
    """Send one request; gives headers and decoded body, and takes 409 (it is there already) for success."""
    data = json.dumps(body).encode() if body is not None else None
    headers = {"Content-Type": "application/json"}
    if token:
        headers["X-Auth-Token"] = token
    try:
        answer = urllib.request.urlopen(urllib.request.Request(URL + path, data, headers, method=method))
    except urllib.error.HTTPError as error:
        if error.code != 409:
            raise SystemExit(f"{method} {URL}{path} -> {error.code} {error.read()[:300]}") from None
        answer = error
    content = answer.read()
    return answer.headers, json.loads(content) if content else None


def token(user="admin", project="admin"):
    """A token of the user for the project, and what keystone says of it."""
    identity = {"methods": ["password"], "password": {
        "user": {"name": user, "domain": {"id": "default"}, "password": PASSWORD}}}
    scope = {"project": {"name": project, "domain": {"id": "default"}}}
    headers, body = call("POST", "/auth/tokens", {"auth": {"identity": identity, "scope": scope}})
    return headers["X-Subject-Token"], body["token"]


class Directory:
    """Keystone's content by name, made where it is missing."""

    def __init__(self):
        self.token, _ = token()

    def ensure(self, kind, plural, names, **attributes):
        _, found = call("GET", f"/{plural}", token=self.token)
        ids = {each["name"]: each["id"] for each in found[plural]}
        for name in names:
            if name not in ids:
                _, made = call("POST", f"/{plural}", {kind: {"name": name, **attributes}}, self.token)
                ids[name] = made[kind]["id"]
        return ids

    def grant(self, project, user, role):
        call("PUT", f"/projects/{project}/users/{user}/roles/{role}", token=self.token)

    def endpoint(self, service, url):
        _, found = call("GET", f"/endpoints?service_id={service}", token=self.token)
        there = {each["interface"]: each for each in found["endpoints"]}
        for interface in ("public", "internal", "admin"):
            if interface not in there:
                call("POST", "/endpoints", {"endpoint": {
                    "interface": interface, "region_id": REGION, "service_id": service, "url": url}}, self.token)
            elif there[interface]["url"] != url:
                call("PATCH", f"/endpoints/{there[interface]['id']}", {"endpoint": {"url": url}}, self.token)


def fill(url):
    directory = Directory()
    projects = directory.ensure("project", "projects", ["service", "demo", "alt_demo"], domain_id="default")
    users = directory.ensure("user", "users", ["neutron", "demo", "alt_demo"], domain_id="default", password=PASSWORD)
    roles = directory.ensure("role", "roles", ["service", "member", "reader"])
    for user, project, role in (("neutron", "service", "admin"), ("neutron", "service", "service"),
                                ("demo", "demo", "member"), ("alt_demo", "alt_demo", "member"),
                                ("admin", "demo", "admin"), ("admin", "alt_demo", "admin")):
        directory.grant(projects[project], users[user], roles[role])
    directory.endpoint(directory.ensure("service", "services", ["neutron"], type="network")["neutron"], url.rstrip("/"))
    # "openstack quota" looks these up in the catalogue even when it asks neither.
    for name, kind in (("nova", "compute"), ("cinder", "volumev3")):
        directory.endpoint(directory.ensure("service", "services", [name], type=kind)[name], NOWHERE)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    fill(sys.argv[1])
