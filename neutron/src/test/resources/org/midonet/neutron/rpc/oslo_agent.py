"""A Neutron agent in miniature, on oslo.messaging itself: reports once, then serves its topic.

Arguments: the transport URL and the host name. Each cast or call it gets is answered and written to
standard output as one line of JSON; so is the result of its own report.
"""
import json
import sys

import oslo_messaging
from oslo_config import cfg

url, host = sys.argv[1:3]
oslo_messaging.set_transport_defaults("neutron")
transport = oslo_messaging.get_rpc_transport(cfg.CONF, url)


def tell(**what):
    print(json.dumps(what), flush=True)


class Agent:
    target = oslo_messaging.Target(version="1.8")

    def network_create_end(self, ctxt, payload):
        tell(method="network_create_end", payload=payload, request_id=ctxt["request_id"])

    def router_added_to_agent(self, ctxt, payload):
        tell(method="router_added_to_agent", payload=payload)
        return {"took": payload}

    def broken(self, ctxt):
        raise ValueError("no such luck")


server = oslo_messaging.get_rpc_server(
    transport, oslo_messaging.Target(topic="test_agent", server=host), [Agent()], executor="threading"
)
server.start()
# The function came with oslo.messaging 14.1; before it the class is all there is.
new_client = getattr(oslo_messaging, "get_rpc_client", oslo_messaging.RPCClient)
reports = new_client(
    transport, oslo_messaging.Target(topic="q-reports-plugin", version="1.2"), timeout=20
)
context = {"is_admin": True, "request_id": "req-agent", "roles": []}
tell(report=reports.call(context, "report_state", agent_state={"host": host}, time="2026-11-23T00:00:00"))
for method in ("no_such_method", "failing"):
    try:
        reports.call(context, method)
    except oslo_messaging.RemoteError as error:
        tell(refused=error.exc_type, value=error.value)
sys.stdin.read()
