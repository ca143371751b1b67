"""Report synthetic Networking agents over RPC, as agents report themselves (topic q-reports-plugin, report_state).

usage: agents.py [--config-file FILE]    runs until it is terminated; the arguments are oslo.config's
"""
import eventlet

eventlet.monkey_patch()

import sys
import time

import oslo_messaging
from neutron.agent import rpc as agent_rpc
from neutron.common import config
from neutron.conf.agent import common as agent_config
from neutron_lib import context
from neutron_lib import rpc
from oslo_config import cfg

# Seconds between two reports of an agent; a server takes one for dead after agent_down_time, 75 s by default.
INTERVAL = 15

NOTIFICATIONS = (
    "routers_updated", "router_deleted", "router_added_to_agent", "router_removed_from_agent", "agent_updated",
    "add_arp_entry", "del_arp_entry", "fipnamespace_delete_on_ext_net",
    *(f"{resource}_{operation}_end" for resource in ("network", "subnet", "port")
      for operation in ("create", "update", "delete")))


def agent(kind, binary, topic, host, configurations, zone=None):
    state = {"agent_type": kind, "binary": binary, "topic": topic, "host": host, "start_flag": True,
             "configurations": configurations}
    if zone:
        state["availability_zone"] = zone
    return state


def dhcp_agent(host):
    return agent("DHCP agent", "neutron-dhcp-agent", "dhcp_agent", host, {
        "dhcp_driver": "neutron.agent.linux.dhcp.Dnsmasq", "dhcp_lease_duration": 86400,
        "log_agent_heartbeats": False, "networks": 0, "subnets": 0, "ports": 0}, "nova")


def l3_agent(host, mode):
    return agent("L3 agent", "neutron-l3-agent", "l3_agent", host, {
        "agent_mode": mode, "handle_internal_only_routers": True, "interface_driver": "openvswitch",
        "log_agent_heartbeats": False, "routers": 0, "ex_gw_ports": 0, "interfaces": 0, "floating_ips": 0,
        "extensions": []}, "nova")


def switch_agent(host, address):
    return agent("Open vSwitch agent", "neutron-openvswitch-agent", "N/A", host, {
        "arp_responder_enabled": True, "baremetal_smartnic": False,
        "bridge_mappings": {"public": "br-ex", "foo": "br-foo", "default": "br-def", "extern": "br-extern"},
        "datapath_type": "system", "devices": 0, "enable_distributed_routing": True, "extensions": ["qos"],
        "in_distributed_mode": True, "integration_bridge": "br-int", "l2_population": True,
        "log_agent_heartbeats": False,
        "ovs_capabilities": {"datapath_types": ["netdev", "system"], "iface_types": ["geneve", "gre", "internal", "vxlan"]},
        "ovs_hybrid_plug": False, "resource_provider_bandwidths": {}, "tunnel_types": ["vxlan", "gre", "geneve"],
        "tunneling_ip": address, "vhostuser_socket_dir": "/var/run/openvswitch"})


AGENTS = [
    dhcp_agent("fake-net-1"), dhcp_agent("fake-net-2"),
    l3_agent("fake-net-1", "dvr_snat"), l3_agent("fake-net-2", "dvr_snat"), l3_agent("fake-cmp-1", "dvr"),
    switch_agent("fake-net-1", "10.9.0.1"), switch_agent("fake-net-2", "10.9.0.2"), switch_agent("fake-cmp-1", "10.9.0.3"),
    agent("Metadata agent", "neutron-metadata-agent", "N/A", "fake-net-1", {
        "metadata_proxy_socket": "/var/lib/neutron/metadata_proxy", "nova_metadata_host": "127.0.0.1",
        "nova_metadata_port": 8775, "log_agent_heartbeats": False}),
    agent("Metering agent", "neutron-metering-agent", "metering_agent", "fake-net-1", {
        "metering_driver": "noop", "measure_interval": 30, "report_interval": 300}),
    agent("BGP dynamic routing agent", "neutron-bgp-dragent", "bgp_dragent", "fake-net-1", {
        "advertise_routes": 0, "bgp_peers": 0, "bgp_speakers": 0}),
]


class Anything:
    """Answers every notification and call of a server with nothing."""

    target = oslo_messaging.Target(version="1.8")


for _name in NOTIFICATIONS:
    setattr(Anything, _name, lambda self, request_context, **arguments: None)


def main():
    agent_config.register_agent_state_opts_helper(cfg.CONF)
    config.register_common_config_options()
    config.init(sys.argv[1:])
    rpc.init(cfg.CONF)
    for topic, host in {(each["topic"], each["host"]) for each in AGENTS if each["topic"] in ("l3_agent", "dhcp_agent")}:
        rpc.get_server(oslo_messaging.Target(topic=topic, server=host), [Anything()]).start()
    reports = agent_rpc.PluginReportStateAPI("q-reports-plugin")
    admin = context.get_admin_context_without_session()
    first = True
    while True:
        for each in AGENTS:
            try:
                # The first report waits for the answer, so that a start before the server is repeated.
                reports.report_state(admin, each, "start_flag" in each)
                each.pop("start_flag", None)
            except oslo_messaging.MessagingException as error:
                print(each["agent_type"], each["host"], repr(error), flush=True)
                break
        else:
            if first:
                print("reported", len(AGENTS), flush=True)
                first = False
        time.sleep(INTERVAL if not first else 1)


if __name__ == "__main__":
    main()
